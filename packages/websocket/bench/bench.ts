// `pnpm bench:websocket`: the same echo over a WebSocket and over a gRPC stream, in turns. Prints messages a millisecond, and how many bytes
// a message and its reply need on the wire besides their content.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startRelay } from 'cli/relay';
import { connect } from 'grpc-iterables';
import { Echo } from 'proto';
import { WebSocket } from 'ws';
import { NORMAL, textSocket } from '../src/text-socket.ts';

const REPETITIONS = 7;
const MESSAGES = 20_000;
const SIZES = [10, 1000];
// What the echo puts before each text.
const REPLY = 'server reply: ';

/** Sends so many texts of that size, and resolves when as many replies have come. */
type Echoed = (address: string, count: number, text: string) => Promise<void>;

async function overWebSocket(address: string, count: number, text: string): Promise<void> {
  const ws = new WebSocket(`ws://${address}/ws`);
  const socket = textSocket(ws);
  await once(ws, 'open');
  const sending = (async () => {
    for (let sent = 0; sent < count; sent++) await socket.send(text);
  })();
  let missing = count;
  while (missing > 0 && !(await socket.messages.next()).done) missing--;
  await sending;
  socket.close(NORMAL);
  await once(ws, 'close');
}

async function overGrpc(address: string, count: number, text: string): Promise<void> {
  const client = connect(Echo, address);
  function* requests() {
    for (let sent = 0; sent < count; sent++) yield { text };
  }
  let missing = count;
  for await (const _ of client.talk(requests())) missing--;
  await client.close();
  if (missing !== 0) throw new Error(`${missing} replies are missing`);
}

async function startServer(): Promise<{ server: ChildProcess; webSocket: string; grpc: string }> {
  const program = fileURLToPath(new URL('../src/server.ts', import.meta.url));
  const server = spawn(process.execPath, ['--import', 'tsx', program, '--port', '0']);
  const found = new Map<string, string>();
  for await (const line of createInterface({ input: server.stdout })) {
    const [, name = '', address = ''] = /^Serving (WebSocket|gRPC) on (\S+)$/.exec(line) ?? [];
    found.set(name, address);
    const [webSocket, grpc] = [found.get('WebSocket'), found.get('gRPC')];
    if (webSocket && grpc) return { server, webSocket, grpc };
  }
  throw new Error('the server ended before it served');
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function rate(echoed: Echoed, address: string, text: string): Promise<number> {
  const started = performance.now();
  await echoed(address, MESSAGES, text);
  return MESSAGES / (performance.now() - started);
}

/** Bytes a message, both ways, without what a connection costs once. */
async function bytesEach(echoed: Echoed, address: string, text: string): Promise<number> {
  const relay = await startRelay(address);
  const bytesOf = async (count: number) => {
    const before = relay.bytes();
    await echoed(relay.address, count, text);
    return relay.bytes() - before;
  };
  const few = await bytesOf(100);
  const many = await bytesOf(5100);
  await relay.close();
  return (many - few) / 5000;
}

const { server, webSocket, grpc } = await startServer();
const ways: [name: string, echoed: Echoed, address: string][] = [
  ['WebSocket', overWebSocket, webSocket],
  ['gRPC', overGrpc, grpc],
];
for (const size of SIZES) {
  const text = 'x'.repeat(size);
  const rates = new Map<string, number[]>(ways.map(([name]) => [name, []]));
  // The first is for the compiler.
  for (let repetition = 0; repetition <= REPETITIONS; repetition++) {
    for (const [name, echoed, address] of ways) {
      const measured = await rate(echoed, address, text);
      if (repetition > 0) rates.get(name)?.push(measured);
    }
  }
  console.log(`${size} bytes, echoed:`);
  for (const [name, echoed, address] of ways) {
    const each = await bytesEach(echoed, address, text);
    console.log(
      `  ${name.padEnd(10)} ${median(rates.get(name) ?? []).toFixed(0)} messages a ms  ${(each - 2 * size - REPLY.length).toFixed(0)} bytes around each, there and back`,
    );
  }
}
server.kill();
await once(server, 'exit');
