// What the worker program does with a job.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { printable } from 'cli';
import type { JobHandler } from './work.ts';

const titleOf = (id: string, attempt: number) => `${id}${attempt > 1 ? `, attempt ${attempt}` : ''}`;

/** Prints each job. */
export function printHandler(print: (line: string) => void): JobHandler {
  return async ({ id, payload, attempt }) => {
    print(printable(`${titleOf(id, attempt)}: ${payload}`));
  };
}

/**
 * Runs a command for each job, which is its standard input. An exit status other than 0 means that the job has failed; the
 * last line of the standard error output is the reason.
 */
export function runHandler([command = '', ...args]: string[]): JobHandler {
  return async ({ id, payload, attempt }, { signal }) => {
    const env = { ...process.env, JOB_ID: id, JOB_ATTEMPT: String(attempt) };
    const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'pipe'], env, signal });
    // A command that does not read its input closes it.
    child.stdin.on('error', () => {}).end(payload);
    const [errors, [status, killedBy]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    if (status === 0) return;
    const reason = errors.trimEnd().split('\n').at(-1);
    throw new Error(reason || `${command} ended with ${killedBy ?? status}`);
  };
}
