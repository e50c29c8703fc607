// One side of one stack, as a process of its own: `sides.ts server grpc FOLDER`, `sides.ts client http ADDRESS`, and so on. The
// parent asks it by messages.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { Agent, createServer, get as httpGet, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect, serve } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import { fileDestination } from '../src/destinations.ts';
import { openFileStore } from '../src/file-store.ts';
import { get } from '../src/get.ts';
import { inParallel } from '../src/in-parallel.ts';
import { openLine } from '../src/persist.ts';
import { put } from '../src/put.ts';
import { fileService } from '../src/service.ts';
import { fileSource } from '../src/sources.ts';
import { openUploads } from '../src/uploads.ts';

/** What a client does when it is asked. */
export type Task =
  | { do: 'put' | 'get'; name: string; folder: string }
  | { do: 'put-all'; folder: string }
  | { do: 'memory' };

/** What either side answers. */
export type Answer = { address: string } | { seconds: number } | { megabytes: number };

const WINDOW = Number(process.env.WINDOW ?? 4 * 1024 * 1024);
const UNLIMITED = { fileSize: Number.POSITIVE_INFINITY, space: Number.POSITIVE_INFINITY };
const AT_ONCE = 8;

async function serveGrpc(folder: string): Promise<string> {
  const store = await openFileStore(folder);
  const uploads = await openUploads(store, UNLIMITED);
  const { address } = await serve([fileService({ store, uploads, log: () => {} })], { window: WINDOW });
  return address;
}

/** With `checked`, HTTP does as much for each file as this package: SHA-256 on both sides, and a sync. */
const checked = process.argv[3] === 'http-checked';

async function* hashed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const data of source) {
    hash.update(data);
    yield data;
  }
  hash.digest();
}

async function copy(source: Readable, target: Writable): Promise<void> {
  if (checked) await pipeline(source, hashed, target);
  else await pipeline(source, target);
}

const fileWriter = (path: string) => createWriteStream(path, { flush: checked });

/** The shortest server that stores and sends files. */
async function serveHttp(folder: string): Promise<string> {
  const server = createServer(async (incoming, response) => {
    const path = join(folder, incoming.url ?? '');
    if (incoming.method === 'PUT') await copy(incoming, fileWriter(path));
    else return copy(createReadStream(path), response);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Client {
  put(name: string, path: string): Promise<void>;
  get(name: string, path: string): Promise<void>;
}

function grpcClient(address: string): Client {
  const line = openLine(() => connect(FileTransfer, address, { window: WINDOW }));
  return {
    put: async (name, path) => {
      await put(line, await fileSource(path, name));
    },
    get: async (name, path) => {
      await get(line, name, fileDestination(path));
    },
  };
}

function httpClient(address: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    async put(name, path) {
      const outgoing = request(`http://${address}/${name}`, { method: 'PUT', agent });
      const answered = once(outgoing, 'response');
      await copy(createReadStream(path), outgoing);
      const [response] = await answered;
      response.resume();
      await once(response, 'end');
    },
    async get(name, path) {
      const [response] = await once(httpGet(`http://${address}/${name}`, { agent }), 'response');
      await copy(response, fileWriter(path));
    },
  };
}

/** Resident memory at its highest, in millions of bytes. */
function memory(): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024e-6;
}

async function perform(client: Client, task: Exclude<Task, { do: 'memory' }>): Promise<void> {
  if (task.do === 'put-all') {
    const names = await readdir(task.folder);
    await inParallel(names, AT_ONCE, (name) => client.put(name, join(task.folder, name)));
  } else await client[task.do](task.name, join(task.folder, task.name));
}

const [side, stack, where = ''] = process.argv.slice(2);
const answer = (answer: Answer) => process.send?.(answer);
const client = side === 'client' ? (stack === 'grpc' ? grpcClient : httpClient)(where) : undefined;
process.on('message', async (task: Task) => {
  if (task.do === 'memory') return answer({ megabytes: memory() });
  const start = performance.now();
  if (client) await perform(client, task);
  return answer({ seconds: (performance.now() - start) / 1000 });
});
// The parent is gone.
process.on('disconnect', () => process.exit());
answer({ address: client ? where : await (stack === 'grpc' ? serveGrpc : serveHttp)(where) });
