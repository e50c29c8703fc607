// A NATS server with JetStream, on a free port and in its own folder.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Why tests that need a broker cannot run here; undefined: they can. In CI the broker must be installed. */
export function whyNoBroker(): string | undefined {
  if (process.env.CI || !spawnSync('nats-server', ['--version']).error) return undefined;
  return "nats-server is not installed: Debian's package nats-server has it";
}

export interface Broker {
  readonly url: string;
  /** Kills it. */
  kill(): Promise<void>;
  /** Starts it again with its data. */
  restart(): Promise<void>;
  /** Kills it, and starts it again without its data. */
  restartEmpty(): Promise<void>;
  /** Kills it, and starts it again with its data. Keeps a copy of the data. */
  keepCopy(): Promise<void>;
  /** Kills it, and starts it again with the copy, as after a loss of power. */
  restartFromCopy(): Promise<void>;
  /** Kills it, and removes its data. */
  remove(): Promise<void>;
}

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startBroker(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'broker-'));
  const port = await freePort();
  let child = await start();
  // If this program dies early, the broker must not keep running.
  process.once('exit', () => child.kill('SIGKILL'));

  async function start(): Promise<ChildProcess> {
    const started = spawn('nats-server', ['-js', '-sd', folder, '-a', '127.0.0.1', '-p', String(port)]);
    const log: string[] = [];
    for await (const line of createInterface({ input: started.stderr })) {
      log.push(line);
      if (line.includes('Server is ready')) return started;
    }
    throw new Error(`nats-server ended: ${log.join('\n')}`);
  }
  async function kill(): Promise<void> {
    const exit = once(child, 'exit');
    if (child.kill('SIGKILL')) await exit;
  }
  async function restartWith(change: () => void): Promise<void> {
    await kill();
    change();
    child = await start();
  }
  const copy = `${folder}-copy`;
  return {
    url: `nats://127.0.0.1:${port}`,
    kill,
    async restart() {
      child = await start();
    },
    restartEmpty: () => restartWith(() => rmSync(folder, { recursive: true })),
    keepCopy: () => restartWith(() => cpSync(folder, copy, { recursive: true })),
    restartFromCopy: () =>
      restartWith(() => {
        rmSync(folder, { recursive: true });
        cpSync(copy, folder, { recursive: true });
      }),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true });
      rmSync(copy, { recursive: true, force: true });
    },
  };
}
