// Handlers and callbacks that fail in ways that types do not forbid. An error that no `catch` can handle would end the process,
// and it fails these tests.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { Metadata, status } from '@grpc/grpc-js';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { deferred, type Handlers, plainHandlers, startEcho } from '../test/echo-server.ts';
import { type EchoHandlers, echoDefinition } from '../test/echo-service.ts';
import { connectEcho } from '../test/transport.ts';
import { defineService, type IterableHandlers, type ServerContext, StatusError, serve } from './index.ts';

const internal = { code: status.INTERNAL, details: 'internal error' };

describe('the constructor refuses a status that cannot be sent', () => {
  const wrong: [string, ConstructorParameters<typeof StatusError>, RegExp][] = [
    ['OK', [status.OK, 'fine'], /^RangeError: .*OK is not one/],
    ['a code that no status has', [99 as status, ''], /^RangeError: .*no status 99/],
    ['a fraction', [1.5 as status, ''], /^RangeError: .*no status 1\.5/],
    ["a code's name", ['NOT_FOUND' as unknown as status, ''], /^TypeError: .*the text "NOT_FOUND"/],
    ['details that are missing', [status.ABORTED, undefined as unknown as string], /^TypeError: .*undefined/],
    [
      'metadata that is a plain object',
      [status.ABORTED, '', { metadata: { a: 1 } as unknown as Metadata }],
      /^TypeError: .*Metadata/,
    ],
  ];
  for (const [what, args, message] of wrong) {
    test(`${what}`, async (t) => {
      const { client, errors } = await startEcho(t, {
        async unary() {
          throw new StatusError(...args);
        },
      });
      await assert.rejects(client.unary({ value: 1 }), internal);
      assert.match(String(errors[0]), message);
    });
  }
});

describe('headers and trailers that HTTP/2 or gRPC would refuse', () => {
  const forbidden: [string, (metadata: Metadata) => void, RegExp][] = [
    ['connection', (metadata) => metadata.set('connection', 'close'), /"connection".* reserved/],
    ['te', (metadata) => metadata.set('te', 'gzip'), /"te".* reserved/],
    ['a pseudo-header', (metadata) => metadata.set(':path', '/x'), /":path".* colon/],
    ['a second status', (metadata) => metadata.set('grpc-status', '5'), /"grpc-status".* reserved/],
    [
      'too many fields',
      (metadata) => {
        for (let number = 0; number < 150; number++) metadata.add('tag', String(number));
      },
      /150 fields exceed the limit of 100/,
    ],
    ['too many bytes', (metadata) => metadata.set('story', 'x'.repeat(9000)), /exceed the limit of 8192/],
    [
      'two values where HTTP allows one',
      (metadata) => {
        metadata.add('etag', '1');
        metadata.add('etag', '2');
      },
      /two values for "etag"/,
    ],
  ];
  const answerWith = (first: (context: ServerContext) => void): Partial<Handlers> => ({
    async unary(request, context) {
      first(context);
      return plainHandlers.unary(request, context);
    },
    async *download(request, context) {
      first(context);
      yield* plainHandlers.download(request, context);
    },
  });
  for (const [what, fill, message] of forbidden) {
    test(`trailers with ${what} are left out, the call ends well, and onError gets an error`, async (t) => {
      const { client, errors } = await startEcho(
        t,
        answerWith(({ trailers }) => fill(trailers)),
      );
      assert.deepEqual(await client.unary({ value: 1 }), { value: 1 });
      let received = 0;
      for await (const _ of client.download({ value: 3 })) received++;
      assert.equal(received, 3);
      assert.equal(errors.length, 2);
      for (const error of errors) assert.match(String(error), message);
    });
    test(`a failure with ${what} in its trailers arrives without them`, async (t) => {
      const failure = new StatusError(status.ABORTED, 'no');
      fill(failure.metadata);
      const { client, errors } = await startEcho(t, {
        async unary() {
          throw failure;
        },
      });
      await assert.rejects(client.unary({ value: 1 }), { code: status.ABORTED, details: 'no' });
      assert.match(String(errors[0]), message);
    });
    test(`sendHeaders with ${what} throws, and says why`, async (t) => {
      const { client, errors } = await startEcho(
        t,
        answerWith(({ sendHeaders }) => {
          const headers = new Metadata();
          fill(headers);
          sendHeaders(headers);
        }),
      );
      await assert.rejects(client.unary({ value: 1 }), internal);
      await assert.rejects(client.download({ value: 1 }).next(), internal);
      for (const error of errors) assert.match(String(error), message);
    });
  }
});

describe('a handler', () => {
  const close = () => {
    throw new Error('the file does not close');
  };
  const endless: Record<string, Handlers['download']> = {
    async: async function* () {
      try {
        for (;;) yield { value: 1, text: 'x'.repeat(10_000) };
      } finally {
        close();
      }
    },
    sync: function* () {
      try {
        for (;;) yield { value: 1, text: 'x'.repeat(10_000) };
      } finally {
        close();
      }
    },
  };
  for (const [kind, download] of Object.entries(endless)) {
    test(`whose clean-up throws in a generator that is ${kind} does not change its call, and onError gets the error`, async (t) => {
      const { client, errors } = await startEcho(t, { download });
      for await (const _ of client.download({ value: 1 })) break;
      while (errors.length === 0) await client.unary({ value: 1 });
      assert.match(String(errors[0]), /does not close/);
    });
  }
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const thrower = () => {
    throw new Error('and again');
  };
  for (const [what, thrown] of [
    ['what throws again', proxy],
    ['an error whose name throws', Object.defineProperty(new Error('no'), 'name', { get: thrower })],
    ['a StatusError whose code was changed', Object.assign(new StatusError(status.ABORTED, ''), { code: 0 })],
    ['a StatusError that was never constructed', Object.create(StatusError.prototype)],
  ]) {
    test(`that throws ${what} fails its call`, { timeout: 20_000 }, async (t) => {
      const { client, errors } = await startEcho(t, {
        async unary() {
          throw thrown;
        },
      });
      await assert.rejects(client.unary({ value: 1 }), internal);
      assert.match(String(errors[0]), /throws when it is looked at, or is a StatusError/);
    });
  }
  test('that throws what cannot be printed fails its call', async (t) => {
    const printed: unknown[] = [];
    t.mock.method(console, 'error', (...texts: unknown[]) => printed.push(inspect(texts)));
    const unprintable = Object.assign(new Error('no'), { [inspect.custom]: thrower });
    const service = defineService<EchoHandlers>(echoDefinition, {
      ...plainHandlers,
      async unary() {
        throw unprintable;
      },
    });
    const server = await serve([service]);
    t.after(() => server.shutdown());
    const { client, close } = connectEcho(server.address);
    t.after(close);
    await assert.rejects(client.unary({ value: 1 }), internal);
    assert.match(String(printed), /onError failed.*and again/s);
  });
  test('of a stream that is an async function is refused by defineService', () => {
    const download = (async () => [{ value: 1 }]) as unknown as Handlers['download'];
    assert.throws(
      () => defineService<EchoHandlers>(echoDefinition, { ...plainHandlers, download }),
      /^TypeError: \/test\.Echo\/Download answers with a stream: .*"async \*download"/,
    );
    const unary = async function* () {} as unknown as Handlers['unary'];
    assert.throws(
      () => defineService<EchoHandlers>(echoDefinition, { ...plainHandlers, unary }),
      /^TypeError: \/test\.Echo\/Unary answers with one message: .*without a star/,
    );
  });
  test('of a stream that returns a promise fails the call', async (t) => {
    const { client, errors } = await startEcho(t, {
      download: (() => Promise.reject(new Error('my own'))) as unknown as Handlers['download'],
    });
    await assert.rejects(client.download({ value: 1 }).next(), internal);
    assert.match(errors.map(String).sort().join(), /my own.*Download .* did not return an iterable/);
  });
  test('that yields a message that cannot be serialized runs its finally', async (t) => {
    const ended = deferred();
    const { client } = await startEcho(t, {
      async *download() {
        try {
          yield { value: 1n as unknown as number };
        } finally {
          ended.resolve();
        }
      },
    });
    await assert.rejects(client.download({ value: 1 }).next(), internal);
    await ended.promise;
  });
  test('that always has the next large message stops when the client cancels, and the server goes on', async (t) => {
    const ended = deferred<number>();
    const text = 'x'.repeat(100_000);
    const { client } = await startEcho(t, {
      async *download() {
        let made = 0;
        try {
          // Without this limit the test would never end if the cancel did not stop the handler.
          for (; made < 5000; made++) yield { value: made, text };
        } finally {
          ended.resolve(made);
        }
      },
    });
    const responses = client.download({ value: 1 });
    await responses.next();
    await responses.return?.();
    assert.ok((await ended.promise) < 5000);
    assert.deepEqual(await client.unary({ value: 1 }), { value: 1 });
  });
  test('that answers with a message that cannot be serialized fails the call, and onError gets the error', async (t) => {
    const { client, errors } = await startEcho(t, {
      async unary() {
        return { value: 1n as unknown as number };
      },
    });
    await assert.rejects(client.unary({ value: 1 }), internal);
    assert.match(String(errors[0]), /BigInt/);
  });
  test('that returns nothing fails the call, and onError gets the way out', async (t) => {
    // As in grpc-js, with a callback that comes later.
    const old = ((_request: unknown, _callback: unknown) => {}) as unknown;
    const { client, errors } = await startEcho(t, {
      unary: old as Handlers['unary'],
      upload: old as Handlers['upload'],
    });
    await assert.rejects(client.unary({ value: 1 }), internal);
    await assert.rejects(client.upload([{ value: 1 }]), internal);
    for (const [index, method] of ['Unary', 'Upload'].entries()) {
      const wayOut = `^TypeError: /test.Echo/${method} .*returned undefined: return the response, .*calls back`;
      assert.match(String(errors[index]), new RegExp(wayOut));
    }
  });
  test('may be the method of an instance of a class', async (t) => {
    class Echo {
      private readonly factor = 3;
      async unary({ value }: { value: number }) {
        return { value: value * this.factor };
      }
      download = plainHandlers.download;
      upload = plainHandlers.upload;
      exchange = plainHandlers.exchange;
    }
    const server = await serve([defineService<EchoHandlers>(echoDefinition, new Echo())]);
    t.after(() => server.shutdown());
    const { client, close } = connectEcho(server.address);
    t.after(close);
    assert.deepEqual(await client.unary({ value: 2 }), { value: 6 });
  });
  test('with a misspelt name gets an error with the right name', () => {
    const { upload, ...others } = plainHandlers;
    assert.throws(
      () =>
        defineService<EchoHandlers>(echoDefinition, {
          ...others,
          ...({ uplaod: upload } as object),
        } as Handlers),
      /^TypeError: no method uplaod in the service definition; did you mean upload\?$/,
    );
  });
  test('with a small first letter, as clients write it, gets an error with the right name', () => {
    // Types find it. In JavaScript and with casts it is found here.
    const handlers = { async *pow() {} } as unknown as IterableHandlers<ServerStreamHandlers>;
    assert.throws(
      () => defineService<ServerStreamHandlers>(ServerStream.service, handlers),
      /^TypeError: no method pow in the service definition; did you mean Pow\?$/,
    );
  });
  test('of a class with a misspelt method gets an error with the right name', () => {
    class Powers {
      async *pow() {}
    }
    const handlers = new Powers() as unknown as IterableHandlers<ServerStreamHandlers>;
    assert.throws(
      () => defineService<ServerStreamHandlers>(ServerStream.service, handlers),
      /^TypeError: no handler for \/stream\.ServerStream\/Pow; it has pow; did you mean Pow\?$/,
    );
  });
});

describe('silent responses are closed when their call ends', () => {
  test('a Readable is destroyed', async (t) => {
    const readable = new Readable({ objectMode: true, read() {} });
    readable.push({ value: 1 });
    const { client } = await startEcho(t, { download: () => readable });
    for await (const _ of client.download({ value: 1 })) break;
    await once(readable, 'close');
  });
  test('a Readable that fails while it closes does not change the call, and onError gets the error', async (t) => {
    const readable = new Readable({
      objectMode: true,
      read() {},
      destroy: (_, done) => done(new Error('the disk is gone')),
    });
    readable.push({ value: 1 });
    const { client, errors } = await startEcho(t, { download: () => readable });
    for await (const _ of client.download({ value: 1 })) break;
    while (errors.length === 0) await client.unary({ value: 1 });
    assert.match(String(errors[0]), /disk is gone/);
  });
  test('a web stream is cancelled', async (t) => {
    const cancelled = deferred();
    const stream = new ReadableStream<{ value: number }>({
      start: (controller) => controller.enqueue({ value: 1 }),
      cancel: () => cancelled.resolve(),
    });
    const { client } = await startEcho(t, { download: () => stream as AsyncIterable<{ value: number }> });
    for await (const _ of client.download({ value: 1 })) break;
    await cancelled.promise;
  });
});

describe('a callback that fails', () => {
  const failing = {
    throws: () => {
      throw new Error('the log is full');
    },
    rejects: async () => {
      throw new Error('the log is full');
    },
  };
  for (const [way, onError] of Object.entries(failing)) {
    test(`onError that ${way} does not change how a call ends`, async (t) => {
      const printed = t.mock.method(console, 'error', () => {});
      const service = defineService<EchoHandlers>(
        echoDefinition,
        {
          ...plainHandlers,
          async unary() {
            throw new Error('boom');
          },
        },
        { onError },
      );
      const server = await serve([service]);
      t.after(() => server.shutdown());
      const { client, close } = connectEcho(server.address);
      t.after(close);
      await assert.rejects(client.unary({ value: 1 }), internal);
      assert.match(
        printed.mock.calls.map((call) => call.arguments.join(' ')).join(),
        /onError failed.*log is full/,
      );
    });
  }
});
