// What a program does when its output cannot be written: the disk is full, or the program that reads it has ended. Without a
// listener Node ends the process with a stack trace.
import { fail } from './program.ts';

/** For a server: its clients matter more than its log. */
export function continueWithoutOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** For a client: nobody sees the rest of what it does. */
export function endWithoutOutput(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', endLost);
}

/** Ends a program with 1 after an error of its output. `… | head -1` is no mistake, so that is silent. */
export function endLost({ code, message }: NodeJS.ErrnoException): never {
  if (code !== 'EPIPE') fail(`cannot write the output: ${message}`, 1);
  process.exit(1);
}
