// The processes of a run: servers and workers, which can be killed and come back.
import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

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
}

interface Part {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Whether a process that comes back is another one, by its name. */
  readonly renamed: boolean;
  /** A line that it prints when it can be used; undefined: it can be at once. */
  readonly ready: RegExp | undefined;
  readonly finishBy: (child: ChildProcess) => void;
  readonly onReport: (report: Serializable, name: string) => void;
  /** It was killed, by itself perhaps. */
  readonly onKilled: (name: string) => void;
}

async function newActor({
  name: base,
  program,
  args,
  renamed,
  ready,
  finishBy,
  onReport,
  onKilled,
}: Part): Promise<Actor> {
  let starts = 0;
  let finishing = false;
  let child = await start();
  const name = () => (renamed ? `${base}.${starts}` : base);

  async function start(): Promise<ChildProcess> {
    starts++;
    const started = fork(path(program), args, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const own = renamed ? `${base}.${starts}` : base;
    started.on('message', (report) => onReport(report, own));
    started.once('exit', async (code) => {
      if (code === 0 || finishing) return;
      onKilled(own);
      child = await start();
    });
    const lines = createInterface({ input: started.stdout ?? process.stdin });
    if (ready) for await (const line of lines) if (ready.test(line)) break;
    started.stdout?.resume();
    return started;
  }
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
      finishBy(child);
      await exit;
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
    finishBy: (child) => child.kill('SIGTERM'),
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
    finishBy: (child) => child.send('finish'),
    onReport,
    onKilled,
  });
}
