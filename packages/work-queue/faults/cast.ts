// The processes of a run: servers and workers, which can be killed and come back.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Report } from './worker.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** A process that is started again when it was killed. */
export interface Actor {
  /** Changes with each start of a worker. */
  name(): string;
  /** Kills it, and starts it again. */
  kill(): Promise<void>;
  /** Freezes it for a time, in milliseconds. */
  freeze(milliseconds: number): Promise<void>;
  /** Asks it to finish, and waits until it has. */
  finish(): Promise<void>;
  /** Ends it for good. */
  end(): void;
}

interface Part {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Whether a process that comes back is another one, by its name. */
  readonly renamed: boolean;
  /** The line that it prints when it is ready; undefined: it is ready at once. */
  readonly ready: RegExp | undefined;
  readonly onReport: (report: Report, name: string) => void;
  /** It was killed, by itself perhaps. */
  readonly onKilled: (name: string) => void;
}

async function newActor({
  name: base,
  program,
  args,
  renamed,
  ready,
  onReport,
  onKilled,
}: Part): Promise<Actor> {
  let starts = 0;
  let finishing = false;
  let child: ChildProcess;
  const name = () => (renamed ? `${base}.${starts}` : base);

  /** Resolves when it can be used, or has ended before. */
  async function start(): Promise<void> {
    starts++;
    const own = name();
    child = fork(path(program), args, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child.on('message', (report) => onReport(report as Report, own));
    child.once('exit', (code) => {
      if (code === 0 || finishing) return;
      onKilled(own);
      void start();
    });
    const { stdout } = child;
    if (!stdout) return;
    if (ready) for await (const line of createInterface({ input: stdout })) if (ready.test(line)) break;
    stdout.resume();
  }
  await start();
  return {
    name,
    async kill() {
      const killed = child;
      if (hasEnded(killed)) return;
      const exit = once(killed, 'exit');
      killed.kill('SIGKILL');
      await exit;
    },
    async freeze(milliseconds) {
      const frozen = child;
      frozen.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      frozen.kill('SIGCONT');
    },
    async finish() {
      finishing = true;
      if (hasEnded(child)) return;
      const exit = once(child, 'exit');
      child.send('finish');
      await exit;
    },
    end() {
      finishing = true;
      child.kill('SIGKILL');
    },
  };
}

export function newServer(
  name: string,
  port: number,
  options: string[],
  onKilled: Part['onKilled'],
): Promise<Actor> {
  return newActor({
    name,
    program: '../src/server.ts',
    args: ['--port', String(port), ...options],
    renamed: false,
    ready: /^Serving/,
    onReport: () => {},
    onKilled,
  });
}

export function newWorker(
  name: string,
  address: string,
  parallel: number,
  onReport: Part['onReport'],
  onKilled: Part['onKilled'],
): Promise<Actor> {
  return newActor({
    name,
    program: './worker.ts',
    args: [address, String(parallel)],
    renamed: true,
    ready: undefined,
    onReport,
    onKilled,
  });
}
