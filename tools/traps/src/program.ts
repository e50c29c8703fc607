import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export type Version = 'bare' | 'ours';

/** Starts a program of programs/ in a process of its own, because it may die. It is killed at the end of the block. */
export function startProgram(name: string, version: Version) {
  const program = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, version], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Read from the start: when a child exits, Node drops the output that was not read.
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  const errorOutput = text(child.stderr);
  return {
    /** Its first line of output. */
    async firstLine(): Promise<string> {
      const { done, value } = await lines.next();
      if (done) throw new Error(`${name} printed nothing: ${await errorOutput}`);
      return value;
    },
    /** How it ended: "exit 0", or the error of which Node says that it died. */
    async ending(): Promise<string> {
      const [code] = await exited;
      // Only the first sentence of the error: paths, times and ports differ from run to run.
      const [error] = /^\S*Error\b.*?(?=\. |$)/m.exec(await errorOutput) ?? [];
      return error === undefined ? `exit ${code}` : `died: ${error}`;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
