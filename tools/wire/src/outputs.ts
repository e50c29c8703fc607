// Where `pnpm wire` sends events. None of them makes the tap wait.
import { createWriteStream } from 'node:fs';
import type { WireEvent } from './events.ts';
import { LineWriter } from './line-writer.ts';
import { lineOf } from './text.ts';

export interface Output {
  write(event: WireEvent): void;
  /** Resolves when all that was written has arrived. */
  close(): Promise<void>;
}

const STANDARD_OUTPUT = 1;

/** Prints events to standard output. `process.stdout` would wait for a terminal that is paused, and the tap with it. */
export function textOutput(): Output {
  const stream = createWriteStream('', { fd: STANDARD_OUTPUT, autoClose: false });
  // Nobody reads any more, as behind `| head`.
  stream.once('error', () => process.exit());
  const lines = new LineWriter(
    stream,
    (count) => `… ${count} lines are left out: they came faster than they were read`,
  );
  return { write: (event) => lines.write(lineOf(event)), close: () => lines.close() };
}
