// Where `pnpm wire` sends events. None of them makes the tap wait.
import { write } from 'node:fs';
import { Writable } from 'node:stream';
import { endLost } from 'cli/lost-output';
import type { WireEvent } from './events.ts';
import { LineWriter } from './line-writer.ts';
import { lineOf } from './text.ts';

export interface Output {
  write(event: WireEvent): void;
  /** Resolves when all that was written has arrived. */
  close(): Promise<void>;
}

const STANDARD_OUTPUT = 1;
const AGAIN_AFTER = 20;

/** Prints events to standard output, and lines of the program itself. */
export function textOutput(): Output & { say(line: string): void } {
  const stream = standardOutput();
  stream.once('error', endLost);
  const lines = new LineWriter(
    stream,
    (count) => `… ${count} lines are left out: they came faster than the terminal shows them`,
  );
  return {
    write: (event) => lines.write(lineOf(event)),
    say: (line) => lines.write(line),
    close: () => lines.close(),
  };
}

/** `process.stdout` waits for a terminal that is paused, and the whole process with it. This does not. */
function standardOutput(): Writable {
  function attempt(bytes: Buffer, done: (error?: Error | null) => void): void {
    write(STANDARD_OUTPUT, bytes, (error, written) => {
      if (error?.code === 'EAGAIN') setTimeout(attempt, AGAIN_AFTER, bytes, done);
      else if (error || written === bytes.length) done(error);
      else attempt(bytes.subarray(written), done);
    });
  }
  return new Writable({
    write: (chunk: Buffer, _, done) => attempt(chunk, done),
    writev: (chunks, done) => attempt(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
  });
}
