// How much the proxy program holds when one side does not read: what leaves the sender with the proxy in the row, less what
// leaves it without. The senders are bare grpc-js, which reports when a message has left.
import assert from 'node:assert/strict';
import type { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import { startServer } from 'cli/testing';
import { defineService, streamingChannelOptions } from 'grpc-iterables';
import { Messanger, MessangerProxy } from 'proto';
import type { ChannelMessage } from 'proto/gen/messanger/ChannelMessage';
import type { JoinChannelRequest } from 'proto/gen/messanger/JoinChannelRequest';
import type { MessangerHandlers } from 'proto/gen/messanger/Messanger';
import { type Client, connect, start, type Test } from '../test/programs.ts';
import { messangerProto, plainHandlers } from '../test/proxied.ts';

type ClientClass = typeof Messanger | typeof MessangerProxy;
const proxy = new URL('./proxy-server.ts', import.meta.url);
const MESSAGE = 'x'.repeat(100_000);

/** Writes without end, each message when the one before it has left, until the call is over. Says how many have left. */
function flood<Message>(
  call: EventEmitter & { write(message: Message, left: () => void): unknown },
  message: Message,
): () => number {
  let left = -1;
  let over = false;
  call.once('cancelled', () => {
    over = true;
  });
  const next = () => {
    left++;
    // A cancelled call would take messages for ever.
    if (!over) call.write(message, next);
  };
  next();
  return () => left;
}

/** Waits until a count has stood still for as long as many other calls take. */
async function settled(client: Client, count: () => number): Promise<number> {
  for (let last = -1; last !== count(); ) {
    last = count();
    for (let round = 0; round < 50; round++) await client.getInfo({});
  }
  return count();
}

/** A server that floods its clients, and how many messages have left it in its latest call. */
async function startFlooding(t: Test) {
  let count = () => 0;
  const server = new grpc.Server();
  server.addService(Messanger.service, {
    GetInfo: (_: unknown, answer: grpc.sendUnaryData<object>) => answer(null, {}),
    JoinChannel: (call: grpc.ServerWritableStream<JoinChannelRequest, ChannelMessage>) => {
      count = flood(call, { message: MESSAGE });
    },
    StartChannel: () => {},
    JoinChat: () => {},
  });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  t.after(() => server.forceShutdown());
  return { address: `127.0.0.1:${port}`, count: () => count() };
}

async function leftTheServer(client: Client, count: () => number): Promise<number> {
  const messages = client.joinChannel({});
  await messages.next();
  const left = await settled(client, count);
  await messages.return?.();
  return left;
}

async function leftTheClient(
  t: Test,
  address: string,
  Class: ClientClass,
  message = MESSAGE,
): Promise<number> {
  const client = new Class(address, grpc.credentials.createInsecure(), streamingChannelOptions);
  t.after(() => client.close());
  const call = client.startChannel(() => {});
  const left = await settled(connect(t, address, Class), flood(call, { text: { message } }));
  call.cancel();
  return left;
}

for (const [form, options, Class] of [
  ['the proxy of messages', [], MessangerProxy],
  ['the pass-through of bytes', ['--proto', messangerProto], Messanger],
] as const) {
  describe(`${form}, with messages of 100 kB`, () => {
    test('keeps few messages for a client that does not read, and other calls continue', async (t) => {
      const { address, count } = await startFlooding(t);
      const { address: front } = await startServer(t, proxy, '--to', address, ...options);
      const direct = await leftTheServer(connect(t, address), count);
      const through = await leftTheServer(connect(t, front, Class), count);
      t.diagnostic(`the proxy holds ${through - direct}`);
      assert.ok(through - direct > 0 && through - direct <= 8, `it holds ${through - direct}`);
    });
    for (const [what, message, most] of [
      ['a few', MESSAGE, 8],
      ['five at most, of 4 MB each,', 'x'.repeat(4_000_000), 5],
    ] as const) {
      test(`keeps ${what} for a server that does not read, and other calls continue`, async (t) => {
        const service = defineService<MessangerHandlers>(Messanger.service, {
          ...plainHandlers,
          StartChannel: (_, { signal }) =>
            new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        });
        const { address } = await start(t, service);
        const { address: front } = await startServer(t, proxy, '--to', address, ...options);
        const direct = await leftTheClient(t, address, Messanger, message);
        const through = await leftTheClient(t, front, Class, message);
        t.diagnostic(`the proxy holds ${through - direct}`);
        assert.ok(through - direct > 0 && through - direct <= most, `it holds ${through - direct}`);
      });
    }
  });
}
