import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Lines of one side that stand for messages: each match counts as one, or as the number that it captures. */
export interface Count {
  side: 'server' | 'client';
  line: string;
}

/** A `demo.json`: how a pair of programs is shown, and what it has to print. */
export interface Demo {
  name: string;
  /** Where in the package `server.ts` and `client.ts` are; default: `src`. */
  folder?: string;
  /** One line for `--list`. */
  shows: string;
  clientArguments: string[];
  /** All that the client prints. */
  output: string[];
  /** Not given where their number varies: the client of a call that fails may have sent more or fewer. */
  requests?: Count;
  responses: Count;
}

export const packagesFolder = fileURLToPath(new URL('../packages', import.meta.url));

/** Every package with a `demo.json`. */
export async function findDemos(folder = packagesFolder): Promise<Demo[]> {
  const names = (await readdir(folder)).sort();
  const demos = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${folder}/${name}/demo.json`, 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ name, ...(JSON.parse(text) as Omit<Demo, 'name'>) }];
    }),
  );
  return demos.flat();
}

/** How many messages the lines of a side tell of. */
export function countMessages(lines: string[], pattern: string): number {
  const matches = lines.map((line) => new RegExp(pattern).exec(line)).filter((match) => match !== null);
  return matches.reduce((sum, [, captured]) => sum + Number(captured ?? 1), 0);
}
