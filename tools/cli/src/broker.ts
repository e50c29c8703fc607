// A NATS server with JetStream, on a free port and in a folder of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Why tests that need a broker can't run here; undefined: they can. CI has to have it. */
export function whyNoBroker(): string | undefined {
  if (process.env.CI || !spawnSync('nats-server', ['--version']).error) return undefined;
  return "nats-server is not installed: Debian's package nats-server has it";
}

export interface Broker {
  readonly url: string;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Starts it again, with what it had. */
  restart(): Promise<void>;
  /** Ends it, and starts it again with nothing. */
  restartEmpty(): Promise<void>;
  /** Ends it, and starts it again with what it had; keeps a copy of that. */
  keepCopy(): Promise<void>;
  /** Ends it, and starts it again with the copy, as after a loss of power. */
  restartFromCopy(): Promise<void>;
  /** Ends it and removes what it had. */
  remove(): Promise<void>;
}

/** A port that nothing listens on. */
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
  // A program that dies early leaves no broker behind.
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
