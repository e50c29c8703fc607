// Runs the programs of this workspace as real processes, for tests.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from './environment.ts';

/** A running program and its output so far. */
export interface RunningProgram {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: string[];
  readonly errors: string[];
  /** Resolves with the first line of standard output that matches. It may have been printed before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit status when the program has ended and all its output is read. */
  readonly exit: Promise<number | null>;
}

interface TestContext {
  after(cleanUp: () => void): void;
}

/** Starts a program of this workspace. It is killed after the test at the latest. */
export function startProgram(t: TestContext, program: URL, ...args: string[]): RunningProgram {
  return startCommand(t, process.execPath, ['--import', 'tsx', fileURLToPath(program), ...args]);
}

/** Starts any command. It is killed after the test at the latest. */
export function startCommand(
  t: TestContext,
  command: string,
  args: string[],
  env: Record<string, string> = {},
): RunningProgram {
  const child = spawn(command, args, { env: plainEnvironment(env) });
  t.after(() => {
    child.kill('SIGKILL');
  });
  const output: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.push(line);
    for (const look of waiting) look();
  });
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const exit = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);

  function line(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = output.map((text) => pattern.exec(text)).find((found) => found !== null);
        if (match) resolve(match);
        return match !== undefined;
      };
      if (look()) return;
      waiting.add(look);
      exit.then((code) =>
        reject(new Error(`ended with ${code} before ${pattern}: ${[...output, ...errors].join('\n')}`)),
      );
    });
  }
  return { child, output, errors, line, exit };
}

/** Starts a server program on a free port, and resolves with its `address`. */
export async function startServer(t: TestContext, program: URL, ...args: string[]) {
  return listening(startProgram(t, program, '--port', '0', ...args));
}

/** Waits until a server has printed its address. */
export async function listening(server: RunningProgram) {
  const [, address = ''] = await server.line(/^Serving .* on (\S+)$/);
  return { ...server, address };
}
