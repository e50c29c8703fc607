// The processes of the bench.
import { type ChildProcess, fork } from 'node:child_process';
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
