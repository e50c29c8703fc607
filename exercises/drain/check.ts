import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { connect } from 'grpc-iterables';
import { exercises } from 'proto';
import { attempt, event, expected, patience } from '../harness.ts';

const { writeAll } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A client of a grpc-js server that sends this many prices. */
async function ticker(t: TestContext, count: number) {
  const source = { taken: 0, closed: event() };
  async function* prices() {
    try {
      for (; source.taken < count; source.taken++) yield { price: source.taken };
    } finally {
      source.closed.happen();
    }
  }
  const server = new Server();
  server.addService(exercises.Ticker.service, {
    Follow: (call: Parameters<typeof writeAll<{ price: number }>>[0]) => void writeAll(call, prices()),
  });
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind('127.0.0.1:0', ServerCredentials.createInsecure());
  const client = connect(exercises.Ticker, `127.0.0.1:${port}`);
  t.after(() => {
    void client.close();
    server.forceShutdown();
  });
  return { client, source };
}

test('all messages arrive, and the stream ends', patience, async (t) => {
  const { client } = await ticker(t, 1000);
  let next = 0;
  for await (const { price } of client.follow({ name: 'ACME' }))
    assert.equal(price, next++, 'the order is wrong');
  assert.equal(next, 1000, `1000 messages were sent, but ${next} arrived`);
});

test('a client that reads one message and leaves stops the source', patience, async (t) => {
  const { client, source } = await ticker(t, 100_000);
  for await (const _ of client.follow({ name: 'ACME' })) break;
  await expected(source.closed.happened, 'the source must be closed');
  assert.ok(
    source.taken < 60_000,
    `the client took 1 message, but ${source.taken} were taken from the source`,
  );
});
