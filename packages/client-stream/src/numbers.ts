import { createInterface } from 'node:readline/promises';
import { UsageError } from 'cli';
import { fitsInt64 } from './sum.ts';

function readInt64(text: string, where: string): string {
  if (/^-?\d+$/.test(text) && fitsInt64(BigInt(text))) return text;
  throw new UsageError(`${where}: "${text}" is not an int64, a whole number from -(2 ** 63) to 2 ** 63 - 1`);
}

/** The numbers of the command line; 0 to 9 where there are none. */
export function numbersOf(args: string[]): string[] {
  if (args.length === 0) return Array.from({ length: 10 }, (_, number) => String(number));
  return args.map((text, index) => readInt64(text, `argument ${index + 1}`));
}

/**
 * The numbers of a text, one a line, each as soon as its line is complete.
 *
 * @throws UsageError with line number and text, at the first line that is no int64
 */
// #region lines
export async function* numbersIn(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let line = 0;
  for await (const text of createInterface({ input })) yield readInt64(text.trim(), `line ${++line}`);
}
// #endregion lines
