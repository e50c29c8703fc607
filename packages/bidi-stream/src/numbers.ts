import { createInterface } from 'node:readline/promises';
import { UsageError } from 'cli';

// NaN may be sent, because the server checks the numbers.
function readDouble(text: string, where: string): number {
  const number = Number(text);
  if (text !== '' && (text === 'NaN' || !Number.isNaN(number))) return number;
  throw new UsageError(`${where}: "${text}" is not a number`);
}

/** The numbers of the command line, or 0 to 9 if it has none. */
export function numbersOf(args: string[]): number[] {
  if (args.length === 0) return Array.from({ length: 10 }, (_, number) => number);
  return args.map((text, index) => readDouble(text, `argument ${index + 1}`));
}

/**
 * The numbers of a text with one number per line. Each is yielded as soon as its line is complete.
 *
 * @throws UsageError at the first line that is not a number
 */
export async function* numbersIn(input: NodeJS.ReadableStream): AsyncGenerator<number> {
  let line = 0;
  for await (const text of createInterface({ input })) yield readDouble(text.trim(), `line ${++line}`);
}
