import { createInterface } from 'node:readline/promises';
import { UsageError } from 'cli';
import { fitsInt64 } from './sum.ts';

function readInt64(text: string, where: string): string {
  if (/^-?\d+$/.test(text) && fitsInt64(BigInt(text))) return text;
  throw new UsageError(`${where}: "${text}" is not an int64, a whole number from -(2 ** 63) to 2 ** 63 - 1`);
}

/** The numbers of the command line, or 0 to 9 if it has none. */
export function numbersOf(args: string[]): string[] {
  if (args.length === 0) return Array.from({ length: 10 }, (_, number) => String(number));
  return args.map((text, index) => readInt64(text, `argument ${index + 1}`));
}

/**
 * The numbers of a text with one number per line. Each is yielded as soon as its line is complete.
 *
 * @throws UsageError at the first line that is not an int64
 */
export async function* numbersIn(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let line = 0;
  for await (const text of createInterface({ input })) yield readInt64(text.trim(), `line ${++line}`);
}
