// How a stream may end, through the proxy: every row of the table, for every kind of call, in both forms of the proxy.
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { type Detail, detailsOf, richStatus } from 'errors';
import { type ServerContext, StatusError } from 'grpc-iterables';
import { callNames, calls, type Request, receiving, sending, sends } from '../test/calls.ts';
import { all, connect, deferred, handSent, type Test } from '../test/programs.ts';
import { type Form, forms, type Handlers, plainHandlers, startProxied, startProxy } from '../test/proxied.ts';
import { endlessRequests, stallingHandlers } from '../test/stalling.ts';

const failsWith =
  (code: status, details: RegExp | string = '') =>
  (error: unknown) => {
    assert.ok(error instanceof StatusError, `expected a StatusError, got ${error}`);
    assert.equal(status[error.code], status[code]);
    if (details instanceof RegExp) assert.match(error.details, details);
    else if (details) assert.equal(error.details, details);
    return true;
  };
const isReason = (reason: unknown, code: status) => assert.ok(failsWith(code)(reason));

const program = new URL('../test/process.ts', import.meta.url);

/** A program of the row as a process; `address` is where it listens. */
async function startProcess(t: Test, ...args: string[]): Promise<ChildProcess> {
  const child = fork(program, args, { execArgv: ['--import', 'tsx'] });
  t.after(() => {
    child.kill('SIGKILL');
  });
  return child;
}
async function startListening(t: Test, ...args: string[]) {
  const child = await startProcess(t, ...args);
  const [address] = (await once(child, 'message')) as [string];
  return { child, address };
}

for (const form of Object.keys(forms) as Form[]) {
  describe(`through ${form}, complete`, () => {
    const wanted = {
      GetInfo: ['news'],
      JoinChannel: ['0', '1', '2'],
      StartChannel: ['2 requests'],
      JoinChat: ['a!', 'b!'],
    };
    for (const name of callNames) {
      test(`${name}: every message arrives, in order`, async (t) => {
        const { client } = await startProxied(t, form);
        assert.deepEqual(await calls[name](client, [{ text: 'a' }, { text: 'b' }]), wanted[name]);
      });
      test(`${name}: metadata goes in, headers and trailers come out, binary ones too`, async (t) => {
        const seen = deferred<Metadata>();
        const answer = ({ metadata, sendHeaders, trailers }: ServerContext) => {
          seen.resolve(metadata);
          const headers = new Metadata();
          headers.set('asked', String(metadata.get('weight')[0]));
          headers.set('bytes-bin', Buffer.from([0, 255]));
          sendHeaders(headers);
          trailers.set('cost', '12');
        };
        const { client } = await startProxied(t, form, answeringHandlers(answer));
        const metadata = new Metadata();
        metadata.set('weight', '7');
        metadata.set('bytes-bin', Buffer.from([1, 254]));
        const received: unknown[] = [];
        await calls[name](client, [{ text: 'a' }], {
          metadata,
          onHeaders: (headers) => received.push(...headers.get('asked'), ...headers.get('bytes-bin')),
          onTrailers: (trailers) => received.push(...trailers.get('cost')),
        });
        assert.deepEqual(received, ['7', Buffer.from([0, 255]), '12']);
        assert.deepEqual((await seen.promise).get('bytes-bin'), [Buffer.from([1, 254])]);
      });
      test(`${name}: the server gets the deadline`, async (t) => {
        const seen = deferred<Date | undefined>();
        const { client } = await startProxied(
          t,
          form,
          answeringHandlers(({ deadline }) => seen.resolve(deadline)),
        );
        const deadline = new Date(Date.now() + 60_000);
        await calls[name](client, [], { deadline });
        assert.ok(Math.abs(Number(await seen.promise) - Number(deadline)) < 5000);
      });
    }
    test('empty streams are complete, too', async (t) => {
      const { client } = await startProxied(t, form);
      assert.deepEqual(await calls.StartChannel(client, []), ['0 requests']);
      assert.deepEqual(await calls.JoinChat(client, []), []);
    });
    test('headers come before the first message, and do not wait for it', async (t) => {
      const { client } = await startProxied(t, form, {
        async *JoinChannel(_, { sendHeaders, signal }) {
          sendHeaders(new Metadata());
          await new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
          );
          yield {};
        },
      });
      const joined = deferred();
      const messages = client.joinChannel({}, { onHeaders: () => joined.resolve() });
      const first = messages.next();
      await joined.promise;
      await messages.return?.();
      assert.equal((await first).done, true);
    });
    test('a half-close is passed on, and is not an end', async (t) => {
      const halfClosed = deferred();
      const goOn = deferred();
      const { client } = await startProxied(t, form, {
        async *JoinChat(requests) {
          for await (const _ of requests);
          halfClosed.resolve();
          await goOn.promise;
          yield { text: 'after the half-close' };
        },
      });
      const { requests, send, halfClose } = handSent<Request>();
      const messages = all(client.joinChat(requests));
      send({ text: 'a' });
      halfClose();
      await halfClosed.promise;
      goOn.resolve();
      assert.deepEqual(
        (await messages).map(({ text }) => text),
        ['after the half-close'],
      );
    });
    test('each message is passed on at once, both ways', async (t) => {
      const { client } = await startProxied(t, form);
      const { requests, send, halfClose } = handSent<Request>();
      const messages = client.joinChat(requests);
      for (const text of ['a', 'b', 'c']) {
        send({ text });
        assert.equal((await messages.next()).value?.text, `${text}!`);
      }
      halfClose();
      assert.equal((await messages.next()).done, true);
    });
  });

  describe(`through ${form}, client stops early`, () => {
    for (const name of callNames) {
      test(`${name}: an abort cancels the call on the server`, async (t) => {
        const stalled = stallingHandlers();
        const { client, errors } = await startProxied(t, form, stalled.handlers);
        const { requests, returned } = endlessRequests();
        const abort = new AbortController();
        const failed = assert.rejects(
          calls[name](client, requests, { signal: abort.signal }),
          failsWith(status.CANCELLED, 'cancelled by the caller'),
        );
        await stalled.reached;
        abort.abort();
        await failed;
        isReason(await stalled.ended, status.CANCELLED);
        assert.equal(stalled.completed(), false);
        if (sends(name)) await returned;
        assert.deepEqual(errors, []);
      });
    }
    for (const name of receiving) {
      test(`${name}: leaving the loop cancels the call on the server`, async (t) => {
        const stalled = stallingHandlers();
        const { client } = await startProxied(t, form, stalled.handlers);
        const { requests, returned } = endlessRequests();
        const messages = name === 'JoinChannel' ? client.joinChannel({}) : client.joinChat(requests);
        for await (const _ of messages) break;
        isReason(await stalled.ended, status.CANCELLED);
        if (name === 'JoinChat') await returned;
      });
    }
    test('a cancelled stream of requests never looks complete to the server', async (t) => {
      let completed = 0;
      let thrown = 0;
      const { client } = await startProxied(t, form, {
        async StartChannel(requests) {
          try {
            for await (const _ of requests);
          } catch (error) {
            thrown++;
            throw error;
          }
          completed++;
          return {};
        },
      });
      async function cancelled(messages: number): Promise<void> {
        const abort = new AbortController();
        async function* requests() {
          for (let number = 0; number < messages; number++) yield { text: { message: 'a' } };
          for (let turn = 0; turn < messages % 7; turn++) await nextTurn();
          abort.abort();
          await new Promise(() => {});
        }
        await assert.rejects(client.startChannel(requests(), { signal: abort.signal }));
      }
      for (let round = 0; round < 10; round++) {
        await Promise.all(Array.from({ length: 20 }, (_, index) => cancelled(index * 3)));
      }
      await client.getInfo({});
      assert.equal(completed, 0);
      assert.ok(thrown > 0);
    });
  });

  describe(`through ${form}, request iterable throws`, () => {
    for (const name of sending) {
      test(`${name}: the server sees no normal end`, async (t) => {
        const stalled = stallingHandlers();
        const { client } = await startProxied(t, form, stalled.handlers);
        const mine = new Error('the file is gone');
        async function* requests() {
          yield { text: 'a' };
          await stalled.reached;
          throw mine;
        }
        await assert.rejects(calls[name](client, requests()), (error) => error === mine);
        isReason(await stalled.ended, status.CANCELLED);
        assert.equal(stalled.completed(), false);
      });
    }
  });

  describe(`through ${form}, deadline`, () => {
    for (const name of callNames) {
      test(`${name}: both ends see DEADLINE_EXCEEDED`, async (t) => {
        const stalled = stallingHandlers();
        const { client, errors } = await startProxied(t, form, stalled.handlers);
        const { requests, returned } = endlessRequests();
        await assert.rejects(
          calls[name](client, requests, { timeout: 200 }),
          failsWith(status.DEADLINE_EXCEEDED),
        );
        isReason(await stalled.ended, status.DEADLINE_EXCEEDED);
        assert.equal(stalled.completed(), false);
        if (sends(name)) await returned;
        assert.deepEqual(errors, []);
      });
    }
  });

  describe(`through ${form}, server throws`, () => {
    const failing = (error: Error): Handlers => ({
      async GetInfo() {
        throw error;
      },
      async *JoinChannel() {
        for (let number = 0; number < 100; number++) yield { message: 'a' };
        throw error;
      },
      async StartChannel(requests) {
        for await (const _ of requests) throw error;
        return {};
      },
      async *JoinChat(requests) {
        for (let number = 0; number < 100; number++) yield { text: 'a' };
        for await (const _ of requests) throw error;
      },
    });
    const detail: Detail = {
      type: 'ErrorInfo',
      reason: 'CLOSED',
      domain: 'example.com',
      metadata: { at: 'noon' },
    };
    for (const name of callNames) {
      test(`${name}: the status arrives unchanged, with trailers and rich details`, async (t) => {
        const error = richStatus(status.OUT_OF_RANGE, 'größer als int64', [detail]);
        error.metadata.set('limit', '64');
        const { client } = await startProxied(t, form, failing(error));
        const { requests, returned } = endlessRequests();
        await assert.rejects(calls[name](client, requests), (seen) => {
          assert.ok(failsWith(status.OUT_OF_RANGE, 'größer als int64')(seen));
          assert.deepEqual((seen as StatusError).metadata.get('limit'), ['64']);
          const [received] = detailsOf(seen as StatusError);
          assert.equal(received?.type === 'ErrorInfo' && received.metadata.at, 'noon');
          return true;
        });
        if (sends(name)) await returned;
      });
      test(`${name}: the text of an exception does not reach the client`, async (t) => {
        const { client, errors } = await startProxied(t, form, failing(new Error('password is hunter2')));
        await assert.rejects(
          calls[name](client, endlessRequests().requests),
          failsWith(status.INTERNAL, 'internal error'),
        );
        assert.match(String(errors[0]), /hunter2/);
      });
      test(`${name}: UNAVAILABLE from a server that is up is passed on unchanged`, async (t) => {
        const error = new StatusError(status.UNAVAILABLE, 'the disk is full');
        const { client } = await startProxied(t, form, failing(error));
        await assert.rejects(
          calls[name](client, endlessRequests().requests),
          failsWith(status.UNAVAILABLE, 'the disk is full'),
        );
      });
    }
    for (const name of receiving) {
      test(`${name}: all earlier responses arrive first, even with a slow reader`, async (t) => {
        const text = 'x'.repeat(20);
        const { client } = await startProxied(t, form, {
          async *JoinChannel() {
            for (let number = 0; number < 1000; number++) yield { message: text };
            throw new StatusError(status.DATA_LOSS, 'disk');
          },
          async *JoinChat() {
            for (let number = 0; number < 1000; number++) yield { text };
            throw new StatusError(status.DATA_LOSS, 'disk');
          },
        });
        const messages: AsyncIterable<unknown> =
          name === 'JoinChannel' ? client.joinChannel({}) : client.joinChat([]);
        let received = 0;
        await assert.rejects(async () => {
          for await (const _ of messages) if (received++ % 10 === 0) await client.getInfo({});
        }, failsWith(status.DATA_LOSS));
        assert.equal(received, 1000);
      });
    }
  });

  describe(`through ${form}, server answers before the client has finished sending`, () => {
    for (const name of sending) {
      test(`${name}: the answer comes at once, and \`return()\` is called on the requests`, async (t) => {
        const { client } = await startProxied(t, form, {
          async StartChannel(requests) {
            for await (const _ of requests) break;
            return { status: 'enough' };
          },
          async *JoinChat() {
            yield { text: 'enough' };
          },
        });
        const { requests, returned } = endlessRequests();
        assert.deepEqual(await calls[name](client, requests), ['enough']);
        await returned;
      });
      test(`${name}: a sender that waits for flow control is released`, async (t) => {
        const { client } = await startProxied(t, form, {
          async StartChannel() {
            return { status: 'enough' };
          },
          async *JoinChat() {
            yield { text: 'enough' };
          },
        });
        const returned = deferred();
        async function* flood() {
          try {
            for (;;) yield { text: 'x'.repeat(60_000) };
          } finally {
            returned.resolve();
          }
        }
        assert.deepEqual(await calls[name](client, flood()), ['enough']);
        await returned.promise;
      });
    }
  });

  describe(`through ${form}, a process is killed`, () => {
    for (const name of callNames) {
      test(`${name}: the server; the client sees UNAVAILABLE with the server's address`, async (t) => {
        const { child, address } = await startListening(t, 'server');
        const { client } = await startProxy(t, form, address);
        const { requests, returned } = endlessRequests();
        const failed = assert.rejects(
          calls[name](client, requests),
          failsWith(status.UNAVAILABLE, new RegExp(`^upstream ${address}: `)),
        );
        await once(child, 'message');
        child.kill('SIGKILL');
        await failed;
        if (sends(name)) await returned;
      });
      test(`${name}: the proxy; both ends see UNAVAILABLE`, async (t) => {
        const stalled = stallingHandlers();
        const { server } = await startProxied(t, form, stalled.handlers);
        const { child, address } = await startListening(t, 'proxy', form, server.address);
        const client = connect(t, address, forms[form](server.address).ClientClass);
        const { requests, returned } = endlessRequests();
        const failed = assert.rejects(calls[name](client, requests), failsWith(status.UNAVAILABLE));
        await stalled.reached;
        child.kill('SIGKILL');
        await failed;
        isReason(await stalled.ended, status.UNAVAILABLE);
        assert.equal(stalled.completed(), false);
        if (sends(name)) await returned;
      });
      test(`${name}: the client; the server sees a cancel, and no normal end`, async (t) => {
        const stalled = stallingHandlers();
        const { proxy } = await startProxied(t, form, stalled.handlers);
        const child = await startProcess(t, 'client', form, proxy.address, name);
        await stalled.reached;
        child.kill('SIGKILL');
        isReason(await stalled.ended, status.CANCELLED);
        assert.equal(stalled.completed(), false);
      });
    }
  });

  describe(`through ${form}, shutdown`, () => {
    for (const name of callNames) {
      test(`${name}: of the server; both ends see UNAVAILABLE`, async (t) => {
        const stalled = stallingHandlers();
        const { client, server } = await startProxied(t, form, stalled.handlers);
        const { requests, returned } = endlessRequests();
        const failed = assert.rejects(
          calls[name](client, requests),
          failsWith(status.UNAVAILABLE, /the server is shutting down$/),
        );
        await stalled.reached;
        await server.shutdown();
        await failed;
        isReason(await stalled.ended, status.UNAVAILABLE);
        if (sends(name)) await returned;
      });
      test(`${name}: of the proxy; the client sees UNAVAILABLE, the server a cancel`, async (t) => {
        const stalled = stallingHandlers();
        const { client, proxy } = await startProxied(t, form, stalled.handlers);
        const { requests, returned } = endlessRequests();
        const failed = assert.rejects(
          calls[name](client, requests),
          failsWith(status.UNAVAILABLE, 'the server is shutting down'),
        );
        await stalled.reached;
        await proxy.shutdown();
        await failed;
        isReason(await stalled.ended, status.CANCELLED);
        assert.equal(stalled.completed(), false);
        if (sends(name)) await returned;
      });
    }
  });
}

/** The plain handlers, each of which calls `first` before anything else. */
function answeringHandlers(first: (context: ServerContext) => void): Handlers {
  return {
    GetInfo(request, context) {
      first(context);
      return plainHandlers.GetInfo(request, context);
    },
    JoinChannel(request, context) {
      first(context);
      return plainHandlers.JoinChannel(request, context);
    },
    StartChannel(requests, context) {
      first(context);
      return plainHandlers.StartChannel(requests, context);
    },
    JoinChat(requests, context) {
      first(context);
      return plainHandlers.JoinChat(requests, context);
    },
  };
}
