// Servers of one store as processes of their own, each behind a relay, that are killed, stopped and cut off.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Relay, startRelay } from 'cli/relay';

export interface CheckedServer {
  readonly relay: Relay;
  /** What it complained of on standard error. */
  readonly complaints: string[];
  /** Ends the process without warning, and starts another on the same port. */
  restart(): Promise<void>;
  /** Lets the process do nothing until `go`. */
  stop(): void;
  go(): void;
  end(): Promise<void>;
}

const program = fileURLToPath(new URL('../src/server.ts', import.meta.url));

export async function startCheckedServer(options: readonly string[]): Promise<CheckedServer> {
  const complaints: string[] = [];
  let { child, address } = await start('0');
  const relay = await startRelay(address);
  process.once('exit', () => child.kill('SIGKILL'));

  async function start(port: string): Promise<{ child: ChildProcess; address: string }> {
    const started = spawn(process.execPath, ['--import', 'tsx', program, '--port', port, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    createInterface({ input: started.stderr }).on('line', (line) => complaints.push(line));
    const serving = new Promise<string>((resolve, reject) => {
      // Reads on, so that the server is never held up by its own output.
      createInterface({ input: started.stdout }).on('line', (line) => {
        const [, found] = /^Serving .* on (\S+)$/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      started.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return { child: started, address: await serving };
  }

  async function kill(): Promise<void> {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  return {
    relay,
    complaints,
    async restart() {
      await kill();
      ({ child } = await start(address.split(':')[1] ?? ''));
    },
    stop: () => void child.kill('SIGSTOP'),
    go: () => void child.kill('SIGCONT'),
    async end() {
      await kill();
      await relay.close();
    },
  };
}
