import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_BOUND = 5000;

// Debian installs it in a folder that only root has in its path.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** The version of the nginx that is installed; undefined: none. */
export function nginxVersion(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'nginx -v 2>&1'], { env, encoding: 'utf8' }).trim().split('/').at(-1);
  } catch {
    return undefined;
  }
}

/**
 * The default configuration, with what streams need: it keeps connections to the server, and limits neither the length of requests nor
 * their number in a connection.
 */
function config(folder: string, port: number, to: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${folder}/${kind};`)
    .join('\n');
  return `
daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log stderr;
events {}
http {
${temporary}
  access_log off;
  keepalive_requests 1000000;
  client_max_body_size 0;
  upstream messanger { server ${to}; keepalive 64; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port} http2;
    location / { grpc_pass grpc://messanger; }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** Starts nginx on loopback, from a temporary folder, as a proxy of the server at `to`. */
export async function startNginx(to: string): Promise<{ address: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  writeFileSync(`${folder}/nginx.conf`, config(folder, port, to));
  const child = spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', `${folder}/nginx.conf`], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  }
  const giveUp = Date.now() + START_BOUND;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > giveUp) {
      await stop();
      throw new Error('nginx did not start');
    }
    await delay(20);
  }
  return { address: `127.0.0.1:${port}`, stop };
}
