import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Outcome, Trap } from './trap.ts';

/** A trap that ends a process: its program runs in one of its own, and takes `bare` or `ours`. */
export function inProcess(name: string, title: string, what: string): Trap {
  const program = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  async function run(version: 'bare' | 'ours'): Promise<Outcome> {
    const child = spawn(process.execPath, ['--import', 'tsx', program, version], { stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    return { wrong: code === 0 ? 0 : 1, of: 1, what };
  }
  return { name, title, bare: () => run('bare'), ours: () => run('ours') };
}
