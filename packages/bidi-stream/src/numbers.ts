import { createInterface } from 'node:readline/promises';
import { UsageError } from 'cli';

// NaN is a number to send: the server is the one to refuse it.
function readDouble(text: string, where: string): number {
  const number = Number(text);
  if (text !== '' && (text === 'NaN' || !Number.isNaN(number))) return number;
  throw new UsageError(`${where}: "${text}" is not a number`);
}

/** The numbers of the command line; 0 to 9 where there are none. */
export function numbersOf(args: string[]): number[] {
  if (args.length === 0) return Array.from({ length: 10 }, (_, number) => number);
  return args.map((text, index) => readDouble(text, `argument ${index + 1}`));
}

/**
 * The numbers of a text, one a line, each as soon as its line is complete.
 *
 * @throws UsageError with line number and text, at the first line that is no number
 */
export async function* numbersIn(input: NodeJS.ReadableStream): AsyncGenerator<number> {
  let line = 0;
  for await (const text of createInterface({ input })) yield readDouble(text.trim(), `line ${++line}`);
}
