// What the proxy makes of a server that is down, comes back, or talks about its own connection.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { all, type Test } from '../test/programs.ts';
import { type Form, forms, startProxied, startProxy } from '../test/proxied.ts';
import { startRawUpstream } from '../test/raw-upstream.ts';

const program = new URL('../test/process.ts', import.meta.url);

function unavailable(address: string) {
  return (error: unknown) => {
    assert.ok(error instanceof StatusError, `expected a StatusError, got ${error}`);
    assert.equal(status[error.code], 'UNAVAILABLE');
    assert.ok(error.details.startsWith(`upstream ${address}: `), error.details);
    return true;
  };
}

/** A port on which nothing listens, but which is ours to use. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  assert.ok(typeof address === 'object' && address);
  return address.port;
}

/** A server at a port of the test's choice, as a process of its own. */
async function startServerAt(t: Test, port: number) {
  const child = fork(program, ['server'], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, PORT: String(port), PLAIN: '1' },
  });
  t.after(() => {
    child.kill('SIGKILL');
  });
  await once(child, 'message');
  return child;
}

for (const form of Object.keys(forms) as Form[]) {
  describe(`${form}, when the server`, () => {
    test('is down, calls fail with UNAVAILABLE and its address; when it is up again, new calls work', async (t) => {
      const port = await freePort();
      const address = `127.0.0.1:${port}`;
      const { client } = await startProxy(t, form, address);
      await assert.rejects(client.getInfo({}), unavailable(address));
      await assert.rejects(all(client.joinChat([])), unavailable(address));
      await startServerAt(t, port);
      await untilItWorks(() => client.getInfo({}));
    });
    test('restarts, open calls are lost and new calls work', async (t) => {
      const port = await freePort();
      const address = `127.0.0.1:${port}`;
      const first = await startServerAt(t, port);
      const { client } = await startProxy(t, form, address);
      await client.getInfo({});
      first.kill('SIGKILL');
      await once(first, 'exit');
      await assert.rejects(client.getInfo({}), unavailable(address));
      await startServerAt(t, port);
      await untilItWorks(() => client.getInfo({}));
    });
    for (const code of ['0', '9']) {
      test(`sends headers for its own connection, and ends with status ${code}: the client gets only the others`, async (t) => {
        const ofItsConnection = {
          date: 'Thu, 01 Jan 1970 00:00:00 GMT',
          server: 'other',
          'proxy-authenticate': 'Basic',
          // HTTP/2 forbids it, and Node throws when it has to send it.
          'http2-settings': 'AAMAAABkAAQAAP__',
        };
        const address = await startRawUpstream(t, {
          headers: {
            ':status': '200',
            'content-type': 'application/grpc+other',
            'content-length': '5',
            'grpc-status': '7',
            ...ofItsConnection,
            heard: 'yes',
          },
          data: Buffer.alloc(5),
          trailers: { 'grpc-status': code, ...ofItsConnection, cost: '12' },
        });
        const { client } = await startProxy(t, form, address);
        const received = new Metadata();
        const onMetadata = (metadata: Metadata) => received.merge(metadata);
        await all(client.joinChannel({}, { onHeaders: onMetadata, onTrailers: onMetadata })).catch(
          (error) => error,
        );
        const { date, ...others } = received.getMap();
        assert.deepEqual(others, { heard: 'yes', cost: '12' });
        assert.doesNotMatch(String(date), /1970/);
      });
    }
    test('gets the headers for it, and not those for the proxy', async (t) => {
      const { client } = await startProxied(t, form, {
        async GetInfo(_, { metadata }) {
          return { channelInfo: [{ title: Object.keys(metadata.getMap()).sort().join() }] };
        },
      });
      const metadata = new Metadata();
      for (const name of ['authorization', 'expect', 'host', 'proxy-authorization', 'trailer'])
        metadata.set(name, 'x');
      const { channelInfo } = await client.getInfo({}, { metadata });
      assert.equal(channelInfo[0]?.title, 'authorization,user-agent');
    });
  });
}

async function untilItWorks(call: () => Promise<unknown>): Promise<void> {
  const giveUp = Date.now() + 10_000;
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (Date.now() > giveUp) throw error;
      await new Promise(setImmediate);
    }
  }
}
