// Which Markdown files are the pages of the site, where they are on it, and in which order they are read.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow } from '../../scripts/files.ts';

/** The root of the project, where all Markdown is found below. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Where the file at a path of the project is on the site: `packages/chat/README.md` is `chat/index.md`. */
export function placeOf(path: string): string {
  return path.replace(/^(?:packages|libraries|tools|docs)\//, '').replace(/README\.md$/, 'index.md');
}

/** Every Markdown file that is a page, by its path in the project. */
export function pages(): string[] {
  return filesBelow(root)
    .map((file) => relative(root, file))
    .filter((path) => path.endsWith('.md') && !path.includes('['))
    .sort();
}

interface Entry {
  text: string;
  link: string;
}

function entry(text: string, path: string): Entry {
  return {
    text: text.charAt(0).toUpperCase() + text.slice(1),
    link: `/${placeOf(path).replace(/index\.md$/, '')}`,
  };
}

/** The chapters in reading order: the rows of the front door's table. */
function chapters(): Entry[] {
  const [, table = ''] = readFileSync(`${root}/README.md`, 'utf8').split(/^## The chapters.*$/m);
  return [...table.matchAll(/^\| \[([^\]]+)\]\(([^)]+\.md)\) \|/gm)].map(([, title = '', path = '']) =>
    entry(title, path),
  );
}

/** What the heading of a page says before its colon. */
function titleOf(path: string): string {
  return /^# ([^:\n]+)/m.exec(readFileSync(`${root}/${path}`, 'utf8'))?.[1] ?? path;
}

function rest(named: Entry[]): Entry[] {
  const links = new Set(named.map(({ link }) => link));
  return pages()
    .map((path) => entry(titleOf(path), path))
    .filter(({ link }) => link !== '/' && !links.has(link));
}

/** The navigation at the side. A chapter that the front door does not name stands at the end. */
export function sidebar() {
  const start = [entry('front door', 'README.md')];
  const practice = [
    entry('exercises', 'exercises/README.md'),
    entry('coming from Go', 'docs/coming-from-go.md'),
    entry('glossary', 'docs/glossary.md'),
  ];
  const contributing = entry('contributing', 'CONTRIBUTING.md');
  const reading = chapters();
  const others = rest([...start, ...practice, contributing, ...reading]);
  return [
    { items: start },
    { text: 'The chapters', items: reading },
    { text: 'Practice and reference', items: practice },
    { text: 'Below them', items: [...others, contributing] },
  ];
}
