// The path through the chapters: the tables of the front door give the order, and the end of each chapter links to the next one.
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';

/** One chapter, as a row of the front door names it. */
export interface Chapter {
  title: string;
  /** Relative to the root. */
  path: string;
  /** What the reader learns in it. */
  teaches: string;
}

/** A heading of the front door, and the chapters in the table below it. */
export interface Part {
  title: string;
  chapters: Chapter[];
}

const ROW = /^\| \[([^\]]+)\]\(([^)#]+\.md)\) \| ([^|]*) \|/gm;
const FRONT_DOOR = 'README.md';
/** Where the last chapter may send the reader. */
const ENDS = [FRONT_DOOR, 'exercises/README.md'];

/** The parts of the path in reading order. The list is empty if the text has no section "The chapters". */
export function partsOf(frontDoor: string): Part[] {
  const [, section = ''] = frontDoor.split(/^## The chapters.*$/m);
  const [path = ''] = section.split(/^## /m);
  return path
    .split(/^### /m)
    .slice(1)
    .map((part) => ({
      title: part.split('\n')[0] ?? '',
      chapters: [...part.matchAll(ROW)].map(([, name = '', link = '', teaches = '']) => ({
        title: name,
        path: link,
        teaches,
      })),
    }));
}

/** The path of the page to which the last line "Next: …" of a chapter links, or undefined if it has none. */
function nextOf(chapter: string, path: string): string | undefined {
  const line = chapter.match(/^Next: .*$/gm)?.at(-1);
  const [, link] = /\]\(([^)#]+)/.exec(line ?? '') ?? [];
  return link === undefined ? undefined : normalize(join(path, '..', link));
}

/** Each place where a reader who follows the path from the front door gets lost. */
export async function brokenPath(root: string): Promise<string[]> {
  const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => undefined);
  const chapters = partsOf((await read(FRONT_DOOR)) ?? '').flatMap((part) => part.chapters);
  const faults: string[] = [];
  for (const [index, { path }] of chapters.entries()) {
    const text = await read(path);
    const following = chapters[index + 1]?.path;
    const wanted = following === undefined ? ENDS : [following];
    const next = text === undefined ? undefined : nextOf(text, path);
    if (text === undefined) faults.push(`${FRONT_DOOR}: the path leads to ${path}, which does not exist`);
    else if (next === undefined)
      faults.push(`${path}: has no line "Next: …" with a link to ${wanted.join(' or ')}`);
    else if (!wanted.includes(next))
      faults.push(`${path}: its line "Next: …" links to ${next} instead of ${wanted.join(' or ')}`);
  }
  return faults;
}
