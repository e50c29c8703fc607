// The blocks of a Markdown file that are copies of something else, and what they are copies of:
//
//   <!-- code: src/pow.ts#powers -->           the region `powers` of that file
//   <!-- client: server-stream 3 -->           what `pnpm server-stream:client 3` prints, its server running
//   <!-- server: client-stream 1 2 -->         what the server prints while that client runs
//   <!-- run: pnpm demo --list -->             what a command prints
//   <!-- table: pnpm demo -->                  the last paragraph of that
//   <!-- file: proto/x.proto -->               what a reader writes, as follow.ts does; `add` for lines in a file that exists
//   <!-- unchecked: figures vary -->           nothing that could be compared, and why
import { resolve } from 'node:path';
import { printedBy, printedByPair } from './docs-output.ts';
import { region } from './docs-regions.ts';

const FENCE = /^(?:(.*)\n)?(```+)(\w*)\n([\s\S]*?)^\2$/gm;
const MARK = /^<!-- (code|client|server|run|table|file|add|unchecked): (.+) -->$/;
const COPIES = ['code', 'client', 'server', 'run', 'table'];

interface Block {
  start: number;
  end: number;
  /** Undefined where nothing marks the block. */
  kind: string | undefined;
  source: string;
  language: string;
  content: string;
}

function blocks(text: string): Block[] {
  return [...text.matchAll(FENCE)].map(
    ({ index, 0: whole, 1: before = '', 3: language = '', 4: content = '' }) => {
      const [, kind, source = ''] = MARK.exec(before) ?? [];
      return { start: index + before.length + 1, end: index + whole.length, kind, source, language, content };
    },
  );
}

/**
 * The same text with every marked block made current.
 *
 * @param folder what paths of code are relative to
 * @param root where commands are run
 * @throws Error if a region, a file or a program is missing
 */
export async function refreshed(text: string, folder: string, root: string): Promise<string> {
  let fresh = text;
  // From the last to the first, so that positions stay right.
  for (const { start, end, kind, source, language } of blocks(text).reverse()) {
    if (kind === undefined || !COPIES.includes(kind)) continue;
    const content = await contentOf(kind, source, folder, root);
    fresh = `${fresh.slice(0, start)}\`\`\`${language}\n${content}\n\`\`\`${fresh.slice(end)}`;
  }
  return fresh;
}

/** The regions that a text shows, each as `absolute path#region`. */
export function shownRegions(text: string, folder: string): string[] {
  return blocks(text)
    .filter(({ kind }) => kind === 'code')
    .map(({ source }) => resolve(folder, source));
}

/** Marks without a block, and blocks without a mark that show TypeScript or what a command printed. */
export function unmarkedBlocks(text: string): string[] {
  const found = blocks(text);
  const prose = found.reduceRight((rest, { start, end }) => rest.slice(0, start - 1) + rest.slice(end), text);
  const unmarked = found.filter(
    ({ kind, language, content }) =>
      kind === undefined && (language === 'ts' || (language === 'console' && /^(?!\$ )./m.test(content))),
  );
  const marks = found.filter(({ kind }) => kind !== undefined).length;
  const loose = prose.split('\n').filter((line) => MARK.test(line)).length - marks;
  return [
    ...unmarked.map(
      ({ content }) => `a block has no mark that says what it shows: ${content.split('\n')[0]}`,
    ),
    ...(loose > 0 ? [`${loose} marks without a block below them`] : []),
  ];
}

async function contentOf(kind: string, source: string, folder: string, root: string): Promise<string> {
  if (kind === 'code') return region(source, folder);
  if (kind === 'run') return `$ ${source}\n${await printedBy(source, root)}`;
  if (kind === 'table') return (await printedBy(source, root)).split('\n\n').at(-1) ?? '';
  const [name = '', ...args] = wordsOf(source);
  const side = kind === 'client' ? 'client' : 'server';
  const shownArguments = side === 'client' ? source.slice(name.length) : '';
  return [`$ pnpm ${name}:${side}${shownArguments}`, ...(await printedByPair(name, args, side))].join('\n');
}

/** The words of a command; those in double quotes may have spaces. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
