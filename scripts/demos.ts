import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Lines of one side that stand for messages: each match counts as one, or as the number that it captures. */
interface Count {
  side: 'server' | 'client';
  line: string;
  /** What is counted: `numbers in`. */
  unit: string;
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
  /** What the table at the end says of the messages. */
  messages: Count[];
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

/** What was sent and received, as the printed lines show it: `10 numbers in, 1 sum out`. */
export function describeMessages({ messages }: Demo, lines: Record<Count['side'], string[]>): string {
  return messages.map(({ side, line, unit }) => `${count(lines[side], line)} ${unit}`).join(', ');
}

function count(lines: string[], pattern: string): number {
  const matches = lines.map((line) => new RegExp(pattern).exec(line)).filter((match) => match !== null);
  return matches.reduce((sum, [, captured]) => sum + Number(captured ?? 1), 0);
}
