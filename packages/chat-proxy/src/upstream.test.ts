// What the proxy does about its own connections: to a server that is down, comes back, is slow, or takes few calls at once.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { all, deferred, type Test } from '../test/programs.ts';
import { type Form, forms, startProxied, startProxy } from '../test/proxied.ts';

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
    test('is down, says UNAVAILABLE and names it; when it comes, new calls work', async (t) => {
      const port = await freePort();
      const address = `127.0.0.1:${port}`;
      const { client } = await startProxy(t, form, address);
      await assert.rejects(client.getInfo({}), unavailable(address));
      await assert.rejects(all(client.joinChat([])), unavailable(address));
      await startServerAt(t, port);
      await untilItWorks(() => client.getInfo({}));
    });
    test('restarts, loses the open calls and takes new ones', async (t) => {
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
    test('takes few calls in a connection, opens more connections, and closes them again', async (t) => {
      const CALLS = 250;
      const peers = new Set<string>();
      const goOn = deferred();
      const { client } = await startProxied(t, form, {
        async *JoinChannel(_, { sendHeaders, peer }) {
          peers.add(peer);
          sendHeaders(new Metadata());
          await goOn.promise;
          yield { message: 'last' };
        },
      });
      let open = 0;
      const allOpen = deferred();
      const onHeaders = () => {
        if (++open === CALLS) allOpen.resolve();
      };
      const ended = Promise.all(
        Array.from({ length: CALLS }, () => all(client.joinChannel({}, { onHeaders }))),
      );
      await allOpen.promise;
      assert.equal(peers.size, 3);
      assert.ok(openSockets() > 2);
      goOn.resolve();
      for (const messages of await ended) assert.equal(messages.length, 1);
      // One of the client and one of the proxy are left.
      await untilItWorks(async () => assert.ok(openSockets() <= 2));
    });
    test('speaks of its own connection, the client does not hear it', async (t) => {
      const server = createHttp2Server().listen(0, '127.0.0.1');
      t.after(() => void server.close());
      await once(server, 'listening');
      server.on('stream', (stream) => {
        stream.respond(
          {
            'content-type': 'application/grpc+other',
            'content-length': 5,
            date: 'Thu, 01 Jan 1970 00:00:00 GMT',
            server: 'other',
            heard: 'yes',
          },
          { waitForTrailers: true },
        );
        stream.on('wantTrailers', () =>
          stream.sendTrailers({ 'grpc-status': '0', server: 'other', cost: '12' }),
        );
        stream.end(Buffer.alloc(5));
      });
      const address = server.address();
      assert.ok(typeof address === 'object' && address);
      const { client } = await startProxy(t, form, `127.0.0.1:${address.port}`);
      const received = new Metadata();
      const onMetadata = (metadata: Metadata) => received.merge(metadata);
      await client.getInfo({}, { onHeaders: onMetadata, onTrailers: onMetadata });
      const { date, ...others } = received.getMap();
      assert.deepEqual(others, { 'content-type': 'application/grpc+proto', heard: 'yes', cost: '12' });
      assert.doesNotMatch(String(date), /1970/);
    });
  });
}

/** Connections that keep this process alive: at the servers' ends, and those in use at the clients'. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
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
