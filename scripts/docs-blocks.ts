// The blocks of a Markdown file that are copies of something else, and what they are copies of:
//
//   <!-- code: src/pow.ts#powers -->           the region `powers` of that file
//   <!-- client: server-stream 3 -->           what `pnpm server-stream:client 3` prints, its server running
//   <!-- server: client-stream 1 2 -->         what the server prints while that client runs
//   <!-- run: pnpm demo --list -->             what a command prints
//   <!-- table: pnpm demo -->                  the last paragraph of that, with times written as 0.0 s
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runPair } from './run-pair.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const TIME = /\d+\.\d s\b/g;
const BLOCK = /^<!-- (code|client|server|run|table): (.+) -->\n```(\w*)\n([\s\S]*?)^```$/gm;

/**
 * The same text with every such block made current.
 *
 * @param folder what paths of code are relative to
 * @throws Error if a region, a file or a program is missing
 */
export async function refreshed(text: string, folder: string): Promise<string> {
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(BLOCK)) {
    const [whole, kind = '', source = '', language = ''] = match;
    parts.push(text.slice(end, match.index));
    parts.push(
      `<!-- ${kind}: ${source} -->\n\`\`\`${language}\n${await contentOf(kind, source, folder)}\n\`\`\``,
    );
    end = match.index + whole.length;
  }
  return parts.join('') + text.slice(end);
}

async function contentOf(kind: string, source: string, folder: string): Promise<string> {
  if (kind === 'code') return region(source, folder);
  if (kind === 'run') return `$ ${source}\n${await printedBy(source)}`;
  if (kind === 'table') return ((await printedBy(source)).split('\n\n').at(-1) ?? '').replace(TIME, '0.0 s');
  const [name = '', ...args] = source.split(' ');
  const lines = await printedByPair(name, args, kind === 'client' ? 'client' : 'server');
  return [
    `$ pnpm ${name}:${kind}${kind === 'client' ? args.map((arg) => ` ${arg}`).join('') : ''}`,
    ...lines,
  ].join('\n');
}

/** A region of a file, without its indentation; without a name the whole file. */
export async function region(source: string, folder: string): Promise<string> {
  const [path = '', name] = source.split('#');
  const lines = (await readFile(`${folder}/${path}`, 'utf8')).trimEnd().split('\n');
  if (name === undefined) return lines.join('\n');
  const first = lines.findIndex((line) => line.trim() === `// #region ${name}`);
  const last = lines.findIndex((line) => line.trim() === `// #endregion ${name}`);
  if (first < 0 || last < first) throw new Error(`no region ${name} in ${path}`);
  const inside = lines.slice(first + 1, last).filter((line) => !/^\s*\/\/ #(end)?region /.test(line));
  if (inside.length === 0) throw new Error(`region ${name} in ${path} is empty`);
  const indents = inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return inside.map((line) => line.slice(indent)).join('\n');
}

async function printedByPair(name: string, args: string[], side: 'client' | 'server'): Promise<string[]> {
  const lines: string[] = [];
  const demo = {
    name,
    shows: '',
    clientArguments: args,
    output: [],
    responses: { side, line: '^' },
  };
  const { ending } = await runPair(
    demo,
    (from, line) => {
      if (from === side) lines.push(line.replace(/^(Serving .* on \S+:)\d+$/, '$1PORT'));
    },
    new AbortController().signal,
  );
  if (lines.length === 0) throw new Error(`${name} ${args.join(' ')}: ${ending}`);
  return lines;
}

function printedBy(command: string): Promise<string> {
  const [program = '', ...args] = command.split(' ');
  if (program !== 'pnpm') throw new Error(`"${command}" is no pnpm command`);
  return new Promise((resolve, reject) => {
    execFile(
      'npx',
      ['--yes', 'pnpm', '--silent', ...args],
      { cwd: root, encoding: 'utf8' },
      (error, stdout) => {
        if (stdout === '') return reject(new Error(`${command}: ${error?.message ?? 'prints nothing'}`));
        resolve(
          stdout
            .trim()
            .replace(/\d+\.\d s\b/g, '0.0 s')
            .replace(/(127\.0\.0\.1):\d+/g, '$1:PORT'),
        );
      },
    );
  });
}
