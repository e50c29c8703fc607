import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export type Version = 'bare' | 'ours';

/** Starts a program of programs/ in a process of its own, for it may die; killed at the end of the block it is in. */
export function startProgram(name: string, version: Version) {
  const program = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, version], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // From the start: when a child exits, Node throws away what nobody reads.
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  const lastWords = text(child.stderr);
  return {
    /** Its first line of output. */
    async firstLine(): Promise<string> {
      const { done, value } = await lines.next();
      if (done) throw new Error(`${name} ended without a word: ${await lastWords}`);
      return value;
    },
    /** When it has ended: "exit 0", or what Node says it died of. */
    async ending(): Promise<string> {
      const [code] = await exited;
      // Without what differs from run to run: paths, times, ports.
      const [error] = /^\S*Error\b.*?(?=\. |$)/m.exec(await lastWords) ?? [];
      return error === undefined ? `exit ${code}` : `died: ${error}`;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
