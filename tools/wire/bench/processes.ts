// The processes of the bench, and the cores that they may use.
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from 'cli/environment';
import type { Figures } from './figures.ts';

export interface Started {
  readonly child: ChildProcess;
  readonly address: string;
}

/** Starts a program, and resolves when it serves. */
export async function start(file: string, ...args: string[]): Promise<Started> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    const [, address] = /Serving .* on (\S+)\n/.exec(text) ?? [];
    if (address !== undefined) return { child, address };
  }
  throw new Error(`${file} ended before it served`);
}

export async function figuresOf({ child }: Started): Promise<Figures> {
  child.send('figures');
  const [figures] = (await once(child, 'message')) as [Figures];
  return figures;
}

/**
 * Lets all threads of a process use one core only.
 *
 * @throws Error if this machine has no `taskset`, or not so many cores
 */
export function pin(pid: number, core: number): void {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], {
    stdio: 'pipe',
  });
}
