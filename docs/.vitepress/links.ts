// Links are written for a checkout, where they lead from file to file. On the site they lead to the page of a file, which
// for source code is one that shows it.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, relative, resolve } from 'node:path';
import { linksWithin } from '../../scripts/docs-links.ts';
import { pages, placeOf, root } from './pages.ts';

const SHOWN = /\.(ts|proto|go|py|json|txt|html|css|sh)$/;

/** A picture is shown where it is, and has no page of its own. */
const PICTURE = /\.(svg|png)$/;

/** Where a link of a Markdown file leads on the site. */
export function onSite(link: string, file: string): string {
  const [path = '', anchor] = link.split('#');
  if (path === '') return link;
  const target = relative(root, resolve(dirname(file), path));
  const place = target.endsWith('.md') ? placeOf(target) : `source/${target}.md`;
  return anchor === undefined ? `/${place}` : `/${place}#${anchor}`;
}

function linkedPaths(page: string): string[] {
  return linksWithin(readFileSync(`${root}/${page}`, 'utf8'))
    .map((link) => link.split('#')[0] ?? '')
    .filter((link) => link !== '' && !link.endsWith('.md') && !PICTURE.test(link))
    .map((link) => relative(root, resolve(root, dirname(page), link)))
    .filter((path) => existsSync(`${root}/${path}`));
}

function filesIn(folder: string): string[] {
  return readdirSync(`${root}/${folder}`)
    .filter((name) => SHOWN.test(name))
    .map((name) => `${folder}/${name}`);
}

function isFolder(path: string): boolean {
  return statSync(`${root}/${path}`).isDirectory();
}

/** The files and folders outside Markdown that some page links to, and what is in those folders. */
export function sources(): string[] {
  const linked = pages().flatMap(linkedPaths);
  return [...new Set(linked.flatMap((path) => (isFolder(path) ? [path, ...filesIn(path)] : [path])))].sort();
}

/** The Markdown that shows a source file, or what is in a folder. */
export function shown(path: string): string {
  if (isFolder(path)) {
    return filesIn(path)
      .map((file) => `- [${file.slice(path.length + 1)}](/source/${file}.md)`)
      .join('\n');
  }
  const language = extname(path).slice(1) || 'txt';
  return `\`\`\`\`${language}\n${readFileSync(`${root}/${path}`, 'utf8').trimEnd()}\n\`\`\`\``;
}
