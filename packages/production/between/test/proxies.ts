// Starts a real nginx or HAProxy in front of a server, with one timeout for everything that is silent.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { http2Channel } from 'http2-channel';

// HAProxy turns a reset of the client into the normal end of its requests, and resets the stream after that. A server of
// grpc-iterables waits for that reset only if it does not know the client, so HAProxy puts its own name in its place.

export type ProxyName = 'nginx' | 'haproxy';

export interface Proxy {
  readonly address: string;
  stop(): Promise<void>;
}

/** Whether the program is on this machine. Debian has both as packages. */
export function isInstalled(name: ProxyName): boolean {
  return spawnSync(name, ['-v'], { env: environment }).error === undefined;
}

// Debian keeps them where only root's PATH looks.
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

const configurations: Record<
  ProxyName,
  (parts: { port: number; backend: string; seconds: number; directory: string }) => string
> = {
  nginx: ({ port, backend, seconds, directory }) => `
daemon off;
master_process off;
pid ${directory}/pid;
error_log ${directory}/errors;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  server {
    listen 127.0.0.1:${port} http2;
    client_body_timeout ${seconds}s;
    location / {
      grpc_pass grpc://${backend};
      grpc_read_timeout ${seconds}s;
      grpc_send_timeout ${seconds}s;
    }
  }
}
`,
  haproxy: ({ port, backend, seconds }) => `
defaults
  mode http
  timeout connect 5s
  timeout client ${seconds}s
  timeout server ${seconds}s
frontend clients
  bind 127.0.0.1:${port} proto h2
  http-request set-header user-agent haproxy
  default_backend servers
backend servers
  server one ${backend} proto h2
`,
};

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as { port: number };
  listener.close();
  await once(listener, 'close');
  return port;
}

/**
 * Starts a proxy in front of `backend`, and resolves when it takes connections.
 *
 * @param seconds after how much silence it cuts a stream
 */
export async function startProxy(name: ProxyName, backend: string, seconds: number): Promise<Proxy> {
  const directory = await mkdtemp(join(tmpdir(), `${name}-`));
  const file = join(directory, 'configuration');
  const port = await freePort();
  await writeFile(file, configurations[name]({ port, backend, seconds, directory }));
  const child = spawn(name, name === 'nginx' ? ['-c', file, '-p', directory] : ['-db', '-f', file], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const exit = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exit;
    await rm(directory, { recursive: true });
  };
  const address = `127.0.0.1:${port}`;
  const channel = http2Channel(address, { backoff: { first: 20, longest: 50 } });
  const ended = exit.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}: ${errors}`)));
  // Without an unhandled rejection once the proxy is up.
  ended.catch(() => {});
  try {
    await Promise.race([channel.ready({ timeout: 20_000 }), ended]);
  } finally {
    await channel.close();
  }
  return { address, stop };
}
