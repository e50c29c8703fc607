// The table "How a stream may end" of the README, over real sockets: every row, for every kind of call.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import {
  answeringHandlers,
  deferred,
  endlessRequests,
  type Handlers,
  stallingHandlers,
  startEcho,
} from '../test/echo-server.ts';
import type { EchoClient, Item } from '../test/echo-service.ts';
import { connectEcho } from '../test/transport.ts';
import {
  type CallOptions,
  type IterableClient,
  type Messages,
  type ServerContext,
  StatusError,
} from './index.ts';

type Client = IterableClient<EchoClient>;
type Kind = keyof Handlers;

/** A call of any kind: sends `requests` if the kind has several, and reads all responses. */
const kinds: Record<
  Kind,
  (client: Client, requests: Messages<Item>, options?: CallOptions) => Promise<Item[]>
> = {
  unary: async (client, _, options) => [await client.unary({ value: 3 }, options)],
  download: (client, _, options) => all(client.download({ value: 3 }, options)),
  upload: async (client, requests, options) => [await client.upload(requests, options)],
  exchange: (client, requests, options) => all(client.exchange(requests, options)),
};
const kindsThatSend = ['upload', 'exchange'] as const;
const kindsThatReceive = ['download', 'exchange'] as const;
const everyKind = Object.keys(kinds) as Kind[];

async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}

const failsWith = (code: status, details?: string | RegExp) => (error: unknown) => {
  assert.ok(error instanceof StatusError, `expected a StatusError, got ${error}`);
  assert.equal(status[error.code], status[code], error.details);
  if (typeof details === 'string') assert.equal(error.details, details);
  if (details instanceof RegExp) assert.match(error.details, details);
  return true;
};
const isReason = (reason: unknown, code: status) => assert.ok(failsWith(code)(reason));

describe('complete', () => {
  test('a unary call answers', async (t) => {
    const { client } = await startEcho(t);
    assert.deepEqual(await client.unary({ value: 7 }), { value: 7 });
  });
  test('a download delivers every message in order', async (t) => {
    const { client } = await startEcho(t);
    const received = await all(client.download({ value: 10_000 }));
    assert.deepEqual(
      received.map(({ value }) => value),
      Array.from({ length: 10_000 }, (_, index) => index),
    );
  });
  test('an upload gets the sum of all messages', async (t) => {
    const { client } = await startEcho(t);
    const requests = Array.from({ length: 10_000 }, (_, value) => ({ value }));
    assert.deepEqual(await client.upload(requests), { value: 49_995_000 });
  });
  test('an exchange gets answers while the client still sends', async (t) => {
    const { client } = await startEcho(t);
    let answered = deferred();
    async function* oneAtATime() {
      for (let value = 1; value <= 3; value++) {
        yield { value };
        await answered.promise;
        answered = deferred();
      }
    }
    const received: number[] = [];
    for await (const { value } of client.exchange(oneAtATime())) {
      received.push(value);
      answered.resolve();
    }
    assert.deepEqual(received, [2, 4, 6]);
  });
  test('an empty stream is complete as well', async (t) => {
    const { client } = await startEcho(t);
    assert.deepEqual(await all(client.download({ value: 0 })), []);
    assert.deepEqual(await client.upload([]), { value: 0 });
    assert.deepEqual(await all(client.exchange([])), []);
  });
  test('a stream that is never read makes no call', async (t) => {
    let called = false;
    const { client } = await startEcho(t, {
      async *download() {
        called = true;
        yield { value: 1 };
      },
    });
    await client.download({ value: 1 }).return?.();
    await client.unary({ value: 1 });
    assert.equal(called, false);
  });
  for (const kind of everyKind) {
    test(`${kind}: headers and trailers arrive beside the messages`, async (t) => {
      const answer = (context: ServerContext) => {
        const headers = new Metadata();
        headers.set('asked', String(context.metadata.get('weight')[0]));
        context.sendHeaders(headers);
        context.trailers.set('cost', '12');
      };
      const { client } = await startEcho(t, answeringHandlers(answer));
      const metadata = new Metadata();
      metadata.set('weight', '7');
      const seen: unknown[] = [];
      await kinds[kind](client, [{ value: 1 }], {
        metadata,
        onHeaders: (headers) => seen.push(...headers.get('asked')),
        onTrailers: (trailers) => seen.push(...trailers.get('cost')),
      });
      assert.deepEqual(seen, ['7', '12']);
    });
  }
});

describe('client stops early', () => {
  for (const kind of everyKind) {
    test(`${kind}: an abort cancels the call on both sides`, async (t) => {
      const stalled = stallingHandlers();
      const { client, errors } = await startEcho(t, stalled.handlers);
      const { requests, returned } = endlessRequests();
      const controller = new AbortController();
      const failed = assert.rejects(
        kinds[kind](client, requests, { signal: controller.signal }),
        failsWith(status.CANCELLED, 'cancelled by the caller'),
      );
      await stalled.reached;
      controller.abort();
      await failed;
      isReason(await stalled.ended, status.CANCELLED);
      assert.equal(stalled.completed(), false);
      if (kind === 'upload' || kind === 'exchange') await returned;
      assert.deepEqual(errors, []);
    });
    test(`${kind}: with an aborted signal the call fails at once`, async (t) => {
      const { client } = await startEcho(t);
      await assert.rejects(
        kinds[kind](client, [{ value: 1 }], { signal: AbortSignal.abort() }),
        failsWith(status.CANCELLED),
      );
    });
  }
  for (const kind of kindsThatReceive) {
    for (const way of ['break', 'throw'] as const) {
      test(`${kind}: ${way} in the loop cancels the call on the wire`, async (t) => {
        const stalled = stallingHandlers();
        const { client } = await startEcho(t, stalled.handlers);
        const { requests, returned } = endlessRequests();
        const responses = kind === 'download' ? client.download({ value: 1 }) : client.exchange(requests);
        const loop = async () => {
          for await (const _ of responses) {
            if (way === 'throw') throw new Error('my own');
            break;
          }
        };
        if (way === 'throw') await assert.rejects(loop(), /my own/);
        else await loop();
        isReason(await stalled.ended, status.CANCELLED);
        if (kind === 'exchange') await returned;
      });
    }
    test(`${kind}: return() during a read that waits cancels the call`, { timeout: 20_000 }, async (t) => {
      const stalled = stallingHandlers();
      const { client } = await startEcho(t, stalled.handlers);
      const { requests, returned } = endlessRequests();
      const responses = kind === 'download' ? client.download({ value: 1 }) : client.exchange(requests);
      await responses.next();
      const waiting = responses.next();
      await responses.return?.();
      assert.deepEqual(await waiting, { done: true, value: undefined });
      isReason(await stalled.ended, status.CANCELLED);
      if (kind === 'exchange') await returned;
    });
    test(`${kind}: a yield of the server that waits ends its handler`, async (t) => {
      const ended = deferred<number>();
      const { client } = await startEcho(t, {
        async *[kind]() {
          let sent = 0;
          try {
            for (; ; sent++) yield { value: sent, text: 'x'.repeat(10_000) };
          } finally {
            ended.resolve(sent);
          }
        },
      });
      const { requests } = endlessRequests();
      const responses = kind === 'download' ? client.download({ value: 1 }) : client.exchange(requests);
      await responses.next();
      await responses.return?.();
      assert.ok((await ended.promise) > 0);
    });
  }
  test('a cancelled upload is never summed, at whatever moment', async (t) => {
    let completed = 0;
    let thrown = 0;
    const handlers: Partial<Handlers> = {
      async upload(requests) {
        try {
          for await (const _ of requests);
        } catch (error) {
          thrown++;
          throw error;
        }
        completed++;
        return { value: 0 };
      },
    };
    const { client, server } = await startEcho(t, handlers, { gracePeriod: 10_000 });
    async function cancelledUpload(messages: number): Promise<void> {
      const controller = new AbortController();
      async function* requests() {
        for (let value = 0; value < messages; value++) yield { value };
        for (let turn = 0; turn < messages % 7; turn++) await nextTurn();
        controller.abort();
        await new Promise(() => {});
      }
      await assert.rejects(client.upload(requests(), { signal: controller.signal }));
    }
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => cancelledUpload(index * 3)));
    }
    // Resolves when every call has ended.
    await server.shutdown();
    assert.equal(completed, 0);
    assert.ok(thrown > 0);
  });
});

describe('request iterable throws', () => {
  for (const kind of kindsThatSend) {
    test(`${kind}: its error comes back, and the server sees no end`, async (t) => {
      const stalled = stallingHandlers();
      const { client } = await startEcho(t, stalled.handlers);
      const mine = new Error('the file is gone');
      async function* requests() {
        yield { value: 1 };
        await stalled.reached;
        throw mine;
      }
      await assert.rejects(kinds[kind](client, requests()), (error) => error === mine);
      isReason(await stalled.ended, status.CANCELLED);
      assert.equal(stalled.completed(), false);
    });
  }
});

describe('deadline', () => {
  for (const kind of everyKind) {
    test(`${kind}: both sides see DEADLINE_EXCEEDED`, async (t) => {
      const stalled = stallingHandlers();
      const { client, errors } = await startEcho(t, stalled.handlers);
      const { requests, returned } = endlessRequests();
      await assert.rejects(
        kinds[kind](client, requests, { timeout: 500 }),
        failsWith(status.DEADLINE_EXCEEDED),
      );
      isReason(await stalled.ended, status.DEADLINE_EXCEEDED);
      assert.equal(stalled.completed(), false);
      if (kind === 'upload' || kind === 'exchange') await returned;
      assert.deepEqual(errors, []);
    });
  }
});

test('upload: a deadline also ends the reading of requests that were complete', {
  timeout: 20_000,
}, async (t) => {
  const ended = deferred<unknown>();
  const { client } = await startEcho(t, {
    async upload(requests, { signal }) {
      try {
        for await (const _ of requests) {
          if (!signal.aborted) await once(signal, 'abort');
        }
        ended.resolve('complete');
      } catch (error) {
        ended.resolve(error);
      }
      return { value: 0 };
    },
  });
  const requests = Array.from({ length: 10 }, (_, value) => ({ value }));
  await assert.rejects(client.upload(requests, { timeout: 200 }), failsWith(status.DEADLINE_EXCEEDED));
  isReason(await ended.promise, status.DEADLINE_EXCEEDED);
});

describe('server throws', () => {
  for (const kind of everyKind) {
    const failing = (error: Error): Partial<Handlers> => ({
      async unary() {
        throw error;
      },
      async *download() {
        for (let value = 0; value < 100; value++) yield { value };
        throw error;
      },
      async upload(requests) {
        for await (const _ of requests) throw error;
        return { value: 0 };
      },
      async *exchange(requests) {
        for (let value = 0; value < 100; value++) yield { value };
        for await (const _ of requests) throw error;
      },
    });
    test(`${kind}: a StatusError becomes the status, trailers included`, async (t) => {
      const error = new StatusError(status.OUT_OF_RANGE, 'größer als int64');
      error.metadata.set('limit', '64');
      const { client } = await startEcho(t, failing(error));
      const { requests, returned } = endlessRequests();
      await assert.rejects(kinds[kind](client, requests), (seen) => {
        assert.ok(failsWith(status.OUT_OF_RANGE, 'größer als int64')(seen));
        assert.deepEqual((seen as StatusError).metadata.get('limit'), ['64']);
        return true;
      });
      if (kind === 'upload' || kind === 'exchange') await returned;
    });
    test(`${kind}: any other error is INTERNAL without its text`, async (t) => {
      const { client, errors } = await startEcho(t, failing(new Error('password is hunter2')));
      await assert.rejects(
        kinds[kind](client, endlessRequests().requests),
        failsWith(status.INTERNAL, 'internal error'),
      );
      assert.match(String(errors[0]), /hunter2/);
    });
  }
  for (const kind of kindsThatReceive) {
    test(`${kind}: every response sent before arrives first, with a slow reader too`, async (t) => {
      const { client } = await startEcho(t, {
        async *[kind]() {
          for (let value = 0; value < 60; value++) yield { value, text: 'x'.repeat(1000) };
          throw new StatusError(status.DATA_LOSS, 'disk');
        },
      });
      const responses = kind === 'download' ? client.download({ value: 1 }) : client.exchange([]);
      let received = 0;
      await assert.rejects(async () => {
        for await (const _ of responses) {
          if (received++ % 10 === 0) await client.unary({ value: 1 });
        }
      }, failsWith(status.DATA_LOSS));
      assert.equal(received, 60);
      await assert.rejects(responses.next(), failsWith(status.DATA_LOSS), 'read again, it fails again');
    });
  }
  test('trailers above the header limit are left out, the status still arrives', async (t) => {
    const error = new StatusError(status.ABORTED, 'too much to say');
    error.metadata.set('story', 'x'.repeat(9000));
    const { client, errors } = await startEcho(t, {
      async unary() {
        throw error;
      },
    });
    await assert.rejects(client.unary({ value: 1 }), failsWith(status.ABORTED, 'too much to say'));
    assert.match(String(errors[0]), /trailers of 9\d\d\d bytes exceed the limit of 8192/);
  });
  test('half of a character in the text does not end the server process', async (t) => {
    const { client } = await startEcho(t, {
      async unary() {
        throw new StatusError(status.ABORTED, 'cut \ud800');
      },
    });
    await assert.rejects(client.unary({ value: 1 }), failsWith(status.ABORTED, 'cut \ufffd'));
  });
});

describe('server answers before the client has finished sending', () => {
  test('upload: the answer comes at once, and return() is called on the requests', async (t) => {
    const { client } = await startEcho(t, {
      async upload(requests) {
        for await (const { value } of requests) return { value };
        return { value: -1 };
      },
    });
    const { requests, returned } = endlessRequests();
    assert.deepEqual(await client.upload(requests), { value: 1 });
    await returned;
  });
  test('exchange: the stream ends, and return() is called on the requests', async (t) => {
    const { client } = await startEcho(t, {
      async *exchange() {
        yield { value: 1 };
      },
    });
    const { requests, returned } = endlessRequests();
    assert.deepEqual(await all(client.exchange(requests)), [{ value: 1 }]);
    await returned;
  });
  test('a sender that waits for flow control continues', async (t) => {
    const { client } = await startEcho(t, {
      async upload() {
        return { value: 5 };
      },
    });
    const returned = deferred();
    async function* flood() {
      try {
        for (;;) yield { value: 1, text: 'x'.repeat(60_000) };
      } finally {
        returned.resolve();
      }
    }
    assert.deepEqual(await client.upload(flood()), { value: 5 });
    await returned.promise;
  });
});

describe("peer's process killed", () => {
  const program = new URL('../test/echo-process.ts', import.meta.url);
  for (const kind of everyKind) {
    test(`${kind}: the client of a killed server sees UNAVAILABLE`, async (t) => {
      const child = fork(program, ['server'], { execArgv: ['--import', 'tsx'] });
      t.after(() => {
        child.kill('SIGKILL');
      });
      const [address] = await once(child, 'message');
      const { client, close } = connectEcho(address);
      t.after(close);
      const { requests, returned } = endlessRequests();
      const failed = assert.rejects(kinds[kind](client, requests), failsWith(status.UNAVAILABLE));
      await once(child, 'message');
      child.kill('SIGKILL');
      await failed;
      if (kind === 'upload' || kind === 'exchange') await returned;
    });
    test(`${kind}: the server of a killed client sees its connection lost`, async (t) => {
      const stalled = stallingHandlers();
      const { server } = await startEcho(t, stalled.handlers);
      const child = fork(program, ['client', server.address, kind], { execArgv: ['--import', 'tsx'] });
      await stalled.reached;
      child.kill('SIGKILL');
      isReason(await stalled.ended, status.UNAVAILABLE);
      assert.equal(stalled.completed(), false);
    });
  }
});

describe('server shuts down', () => {
  for (const kind of everyKind) {
    test(`${kind}: after the grace period both sides see UNAVAILABLE`, async (t) => {
      const stalled = stallingHandlers();
      const { client, server } = await startEcho(t, stalled.handlers, { gracePeriod: 50 });
      const { requests, returned } = endlessRequests();
      const failed = assert.rejects(kinds[kind](client, requests), failsWith(status.UNAVAILABLE));
      await stalled.reached;
      await server.shutdown();
      await failed;
      isReason(await stalled.ended, status.UNAVAILABLE);
      assert.equal(stalled.completed(), false);
      if (kind === 'upload' || kind === 'exchange') await returned;
    });
  }
  test('an open stream may end within the grace period', async (t) => {
    const goOn = deferred();
    const { client, server } = await startEcho(
      t,
      {
        async *download() {
          yield { value: 1 };
          await goOn.promise;
          yield { value: 2 };
        },
      },
      { gracePeriod: 60_000 },
    );
    const responses = client.download({ value: 1 });
    assert.deepEqual((await responses.next()).value, { value: 1 });
    const down = server.shutdown();
    goOn.resolve();
    assert.deepEqual((await responses.next()).value, { value: 2 });
    assert.equal((await responses.next()).done, true);
    await down;
  });
});

describe('memory is bounded by the slower side', () => {
  for (const kind of kindsThatReceive) {
    test(`${kind}: a server waits for a client that does not read`, async (t) => {
      let sent = 0;
      const { client } = await startEcho(t, {
        async *[kind]() {
          for (; sent < 10_000; sent++) yield { value: sent, text: 'x'.repeat(10_000) };
        },
      });
      const responses = kind === 'download' ? client.download({ value: 1 }) : client.exchange([]);
      await responses.next();
      for (let round = 0; round < 50; round++) await client.unary({ value: round });
      assert.ok(sent < 200, `${sent} messages of 10 kB were taken from the server`);
      await responses.return?.();
    });
  }
  for (const kind of kindsThatSend) {
    test(`${kind}: a client waits for a server that does not read, from the first message on`, async (t) => {
      const stalled = stallingHandlers();
      const { client } = await startEcho(t, {
        upload: (_, context) => stalled.handlers.unary({ value: 1 }, context),
        exchange: (_, context) => stalled.handlers.download({ value: 1 }, context),
      });
      let sent = 0;
      async function* requests() {
        for (; sent < 10_000; sent++) yield { value: sent, text: 'x'.repeat(10_000) };
      }
      const controller = new AbortController();
      const failed = assert.rejects(kinds[kind](client, requests(), { signal: controller.signal }));
      for (let round = 0; round < 50; round++) await client.unary({ value: round });
      assert.ok(sent > 0 && sent < 200, `${sent} messages of 10 kB were taken from the client`);
      controller.abort();
      await failed;
    });
  }
});
