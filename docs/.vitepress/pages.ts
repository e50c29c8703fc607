// Which Markdown files are the pages of the site, where they are on it, and in which order they are read.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, partsOf } from '../../scripts/docs-path.ts';
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

/** The parts of the path, with their chapters in reading order, as the front door has them. */
export function parts(): Part[] {
  return partsOf(readFileSync(`${root}/README.md`, 'utf8'));
}

/** What the heading of a page says before its colon. */
export function titleOf(path: string): string {
  return /^# ([^:\n]+)/m.exec(readFileSync(`${root}/${path}`, 'utf8'))?.[1] ?? path;
}

function rest(named: Entry[]): Entry[] {
  const links = new Set(named.map(({ link }) => link));
  return pages()
    .map((path) => entry(titleOf(path), path))
    .filter(({ link }) => link !== '/' && !links.has(link));
}

/** The navigation at the side: the path, and below it every page that is not on the path. */
export function sidebar() {
  const start = [entry('start here', 'README.md')];
  const practice = [
    entry('list of patterns', 'docs/patterns.md'),
    entry('exercises', 'exercises/README.md'),
    entry('glossary', 'docs/glossary.md'),
  ];
  const contributing = entry('contributing', 'CONTRIBUTING.md');
  const path = parts().map(({ title, chapters }) => ({
    text: title,
    items: chapters.map((chapter) => entry(chapter.title, chapter.path)),
  }));
  const others = rest([...start, ...practice, contributing, ...path.flatMap(({ items }) => items)]);
  return [
    { items: start },
    ...path,
    { text: 'Look up and practise', items: practice },
    { text: 'Reference', items: [...others, contributing] },
  ];
}
