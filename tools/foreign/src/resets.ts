// `pnpm foreign:resets [UPLOADS]`: how many cancelled uploads look complete to the handlers of each server, for each way to
// cancel.
import { randomInt } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCommand } from 'cli/testing';
import { anyMoment, cancelAfter, connectTo } from './endings/calls.ts';
import {
  builtGoServer,
  cancelWithPython,
  type ServerName,
  startWatched,
  type WatchedServer,
} from './endings/servers.ts';

const uploads = Number(process.argv[2] ?? 1000);
// Node's http2 server closes a connection on which 1,000 streams were reset at once.
const PER_CONNECTION = 100;
const AT_ONCE = 20;
// If a server has printed nothing for this long, in milliseconds, it has printed everything.
const SILENCE = 1500;
const REQUEST = Buffer.from([0, 0, 0, 0, 0]);

type Cancel = (stream: http2.ClientHttp2Stream, abort: () => void) => void;

/** The ways to end a stream in node:http2. */
const onTheWire: Record<string, Cancel> = {
  'RST_STREAM INTERNAL_ERROR': (stream) => stream.destroy(new Error('cancelled')),
  'RST_STREAM CANCEL': (_, abort) => abort(),
  'END_STREAM, RST_STREAM CANCEL': (stream) => stream.close(http2.constants.NGHTTP2_CANCEL),
};

async function cancelOne(session: http2.ClientHttp2Session, id: string, cancel: Cancel): Promise<void> {
  const controller = new AbortController();
  const stream = session.request(
    {
      ':method': 'POST',
      ':path': '/grpc.testing.TestService/StreamingInputCall',
      'content-type': 'application/grpc',
      te: 'trailers',
      'x-call': id,
      'x-do': 'read',
    },
    { signal: controller.signal },
  );
  const closed = new Promise((resolve) => stream.on('close', resolve));
  stream.on('error', () => {});
  for (let sent = randomInt(1, 50); sent > 0; sent--) stream.write(REQUEST);
  await anyMoment();
  cancel(stream, () => controller.abort());
  await closed;
}

/** Runs some at a time, and opens a new connection from time to time. */
async function inBatches(
  open: (address: string) => { run(id: string): Promise<void>; close(): void },
  address: string,
  prefix: string,
): Promise<void> {
  for (let first = 0; first < uploads; first += PER_CONNECTION) {
    const connection = open(address);
    const ids = Array.from(
      { length: Math.min(PER_CONNECTION, uploads - first) },
      (_, index) => `${prefix}${first + index}`,
    );
    const waiting = ids.values();
    const work = async () => {
      for (const id of waiting) await connection.run(id);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    connection.close();
  }
}

type Way = (address: string, prefix: string) => Promise<void>;
const cleanUps: (() => void)[] = [];
const scope = { after: (cleanUp: () => void) => void cleanUps.push(cleanUp) };

const ways: Record<string, Way> = {
  'connect (http2-channel)': (address, prefix) =>
    inBatches(
      (target) => {
        const client = connectTo(target);
        return {
          run: (id) => cancelAfter(client, 'client-streaming', id, randomInt(1, 50)),
          close: () => void client.close(),
        };
      },
      address,
      prefix,
    ),
  ...Object.fromEntries(
    Object.entries(onTheWire).map(([name, cancel]): [string, Way] => [
      name,
      (address, prefix) =>
        inBatches(
          (target) => {
            const session = http2.connect(`http://${target}`);
            session.on('error', () => {});
            return { run: (id) => cancelOne(session, id, cancel), close: () => session.close() };
          },
          address,
          prefix,
        ),
    ]),
  ),
  "grpcio's client": (address) => cancelWithPython(scope, address, uploads),
};

/** nginx as a gRPC proxy in front of a server; undefined if it is not installed. */
async function startNginx(target: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-nginx-'));
  const port = randomInt(20_000, 30_000);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log stderr crit;
     # A worker would outlive a killed master.
     master_process off;
     events {}
     http { access_log off; client_body_temp_path ${folder};
       server { listen 127.0.0.1:${port} http2; location / { grpc_pass grpc://${target}; grpc_read_timeout 600s; } } }`,
  );
  const { exit } = startCommand(scope, 'nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  const failed = await Promise.race([exit.catch(() => -1), delay(1000)]);
  return failed === undefined ? `127.0.0.1:${port}` : undefined;
}

/** How the handlers of the calls with this prefix ended. */
async function count({ output }: WatchedServer, prefix: string): Promise<string> {
  for (let lines = -1; lines < output.length; await delay(SILENCE)) lines = output.length;
  const saw = output.filter((line) => line.startsWith(`saw ${prefix}`));
  const ended = saw.filter((line) => line.includes(' ended '));
  const unflagged = ended.filter((line) => line.endsWith(' active'));
  return `${unflagged.length} / ${ended.length} of ${saw.length}`;
}

const servers: [label: string, name: ServerName, proxied: boolean][] = [
  ['serve', 'serve', false],
  ['grpc-js', 'grpc-js', false],
  ['grpc-js behind nginx', 'grpc-js', true],
  ['grpcio', 'grpcio', false],
  ['grpc-go', 'grpc-go', false],
];

console.log(
  'loops that ended without any sign of the cancel / loops that ended at all, of the uploads that reached a handler',
);
for (const [label, name, proxied] of servers) {
  if (name === 'grpc-go' && !builtGoServer()) continue;
  const server = await startWatched(scope, name);
  const address = proxied ? await startNginx(server.address) : server.address;
  if (!address) continue;
  for (const [index, [way, cancel]] of Object.entries(ways).entries()) {
    const prefix = way.startsWith('grpcio') ? 'py' : 'abcd'.charAt(index);
    await cancel(address, prefix);
    console.log(`${label.padEnd(22)}${way.padEnd(32)}${await count(server, prefix)}`);
  }
}
for (const cleanUp of cleanUps) cleanUp();
process.exit();
