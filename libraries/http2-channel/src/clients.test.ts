// The clients that use a channel: those of grpc-js and nice-grpc, and connect().
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Channel,
  Client,
  type ClientDuplexStream,
  type ClientOptions,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ClientWritableStream,
  credentials,
  InterceptingCall,
  type Interceptor,
  type Metadata,
  makeClientConstructor,
  propagate,
  type ServiceDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { type ClientClass, connect } from 'grpc-iterables';
import { ClientError, createClient } from 'nice-grpc';
import { bytesService, startServer } from '../test/bytes-server.ts';
import { openChannel } from '../test/calls.ts';
import type { Http2Channel } from './index.ts';

const { unary, download, upload, exchange } = bytesService;
const same = (bytes: Buffer) => bytes;

function clientOn(channel: Http2Channel, options: ClientOptions = {}): Client {
  return new Client('', credentials.createInsecure(), { ...options, channelOverride: channel });
}

function callUnary(client: Client, request: Buffer, options = {}): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest<Buffer, Buffer>(unary.path, same, same, request, options, (error, response) =>
      error ? reject(error) : resolve(response),
    ),
  );
}

describe("grpc-js's client", () => {
  test('makes calls of all four kinds', async (t) => {
    const { address } = await startServer(t);
    const client = clientOn(openChannel(t, address));
    assert.equal(String(await callUnary(client, Buffer.from('echo'))), 'echo');

    const downloading = client.makeServerStreamRequest<Buffer, Buffer>(
      download.path,
      same,
      same,
      Buffer.from('1000 100'),
    );
    let downloaded = 0;
    for await (const message of downloading) downloaded += message.length;
    assert.equal(downloaded, 100_000);

    const sum = await new Promise((resolve, reject) => {
      const uploading = client.makeClientStreamRequest<Buffer, Buffer>(
        upload.path,
        same,
        same,
        (error, value) => (error ? reject(error) : resolve(String(value))),
      );
      for (let sent = 0; sent < 10; sent++) uploading.write(Buffer.alloc(10));
      uploading.end();
    });
    assert.equal(sum, '100');

    const exchanging = client.makeBidiStreamRequest<Buffer, Buffer>(exchange.path, same, same);
    exchanging.write(Buffer.from('a'));
    exchanging.write(Buffer.from('b'));
    exchanging.end();
    const answers: string[] = [];
    for await (const message of exchanging) answers.push(String(message));
    assert.deepEqual(answers, ['a', 'b']);
  });

  test('gets statuses, metadata and the peer', async (t) => {
    const { address } = await startServer(t, {
      handlers: { unary: (_, callback) => callback({ code: status.NOT_FOUND, details: 'no such thing' }) },
    });
    const client = clientOn(openChannel(t, address));
    const call = client.makeUnaryRequest(unary.path, same, same, Buffer.alloc(0), () => {});
    const { code, details } = await new Promise<{ code: number; details: string }>((resolve) =>
      call.on('status', resolve),
    );
    assert.deepEqual([code, details, call.getPeer()], [status.NOT_FOUND, 'no such thing', address]);
  });

  test('cancels, and has deadlines', async (t) => {
    const { address } = await startServer(t, { handlers: { exchange() {}, unary() {} } });
    const client = clientOn(openChannel(t, address));
    const call = client.makeBidiStreamRequest<Buffer, Buffer>(exchange.path, same, same);
    const failed = new Promise<ServiceError>((resolve) =>
      call.once('error', resolve as (error: Error) => void),
    );
    call.write(Buffer.from('a'));
    call.cancel();
    assert.equal((await failed).code, status.CANCELLED);
    await assert.rejects(callUnary(client, Buffer.alloc(0), { deadline: Date.now() + 50 }), {
      code: status.DEADLINE_EXCEEDED,
    });
  });

  test('runs its interceptors', async (t) => {
    const { address } = await startServer(t, {
      handlers: {
        unary: (call, callback) => callback(null, Buffer.from(String(call.metadata.get('added')))),
      },
    });
    const seen: number[] = [];
    const interceptor: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        // A moment later, like an interceptor that fetches something.
        start(metadata: Metadata, _, next) {
          setImmediate(() => {
            metadata.set('added', 'by the interceptor');
            next(metadata, {
              onReceiveStatus(ending, nextStatus) {
                seen.push(ending.code);
                nextStatus(ending);
              },
            });
          });
        },
      });
    const client = clientOn(openChannel(t, address), { interceptors: [interceptor] });
    assert.equal(String(await callUnary(client, Buffer.alloc(0))), 'by the interceptor');
    assert.deepEqual(seen, [0]);
  });

  test('ends its calls together with the call that it answers', { timeout: 20_000 }, async (t) => {
    const ended = new Promise<number>((resolve) => {
      void (async () => {
        const backend = await startServer(t, { handlers: { exchange() {} } });
        const inner = clientOn(openChannel(t, backend.address));
        const front = await startServer(t, {
          handlers: {
            exchange(call) {
              const options = { parent: call, propagate_flags: propagate.DEFAULTS };
              const below = inner.makeBidiStreamRequest<Buffer, Buffer>(exchange.path, same, same, options);
              below.on('error', (error: ServiceError) => resolve(error.code));
              call.on('data', () => {});
              call.write(Buffer.from('here'));
            },
          },
        });
        const outer = clientOn(openChannel(t, front.address));
        const call = outer.makeBidiStreamRequest<Buffer, Buffer>(exchange.path, same, same);
        call.on('error', () => {});
        call.once('data', () => call.cancel());
      })();
    });
    assert.equal(await ended, status.CANCELLED);
  });

  test('closes its channel', async (t) => {
    const { address } = await startServer(t);
    const client = clientOn(openChannel(t, address));
    await callUnary(client, Buffer.alloc(0));
    client.close();
    await assert.rejects(callUnary(client, Buffer.alloc(0)), { code: status.CANCELLED });
  });
});

interface BytesClient {
  unary(request: Buffer): Promise<Buffer>;
  download(request: Buffer): AsyncIterable<Buffer>;
  upload(requests: AsyncIterable<Buffer>): Promise<Buffer>;
  exchange(requests: AsyncIterable<Buffer>, options?: { signal: AbortSignal }): AsyncIterable<Buffer>;
}

/** nice-grpc's type asks for grpc-js's class of a channel, but it uses only the interface. */
function niceClientOn(channel: Http2Channel): BytesClient {
  const asClass: unknown = channel;
  const untyped: unknown = createClient(bytesService as ServiceDefinition, asClass as Channel);
  return untyped as BytesClient;
}

describe("nice-grpc's createClient", () => {
  test('makes calls of all four kinds', async (t) => {
    const { address } = await startServer(t);
    const client = niceClientOn(openChannel(t, address));
    assert.equal(String(await client.unary(Buffer.from('echo'))), 'echo');
    let downloaded = 0;
    for await (const message of client.download(Buffer.from('100 10'))) downloaded += message.length;
    assert.equal(downloaded, 1000);
    async function* requests() {
      yield Buffer.from('a');
      yield Buffer.from('bc');
    }
    assert.equal(String(await client.upload(requests())), '3');
    const answers: string[] = [];
    for await (const message of client.exchange(requests())) answers.push(String(message));
    assert.deepEqual(answers, ['a', 'bc']);
  });

  test('gets statuses, and cancels', async (t) => {
    const { address } = await startServer(t, {
      handlers: {
        unary: (_, callback) => callback({ code: status.NOT_FOUND, details: 'no such thing' }),
        exchange() {},
      },
    });
    const client = niceClientOn(openChannel(t, address));
    await assert.rejects(client.unary(Buffer.alloc(0)), (error: Error) => {
      return error instanceof ClientError && error.details === 'no such thing';
    });
    const answers = client.exchange((async function* () {})(), { signal: AbortSignal.timeout(50) });
    await assert.rejects(answers[Symbol.asyncIterator]().next(), { name: 'AbortError' });
  });
});

test('connect() makes calls of all four kinds', async (t) => {
  const { address } = await startServer(t);
  // The same type as in generated code.
  type Callback = (error: ServiceError | null, response: Buffer) => void;
  interface Bytes extends Client {
    unary(request: Buffer, callback: Callback): ClientUnaryCall;
    download(request: Buffer): ClientReadableStream<Buffer>;
    upload(callback: Callback): ClientWritableStream<Buffer>;
    exchange(): ClientDuplexStream<Buffer, Buffer>;
  }
  const Bytes = makeClientConstructor(bytesService, 'Bytes') as unknown as ClientClass<Bytes>;
  await using client = connect(Bytes, address);
  assert.equal(String(await client.unary(Buffer.from('echo'))), 'echo');
  assert.equal(String(await client.upload([Buffer.from('a'), Buffer.from('bc')])), '3');
  const answers: string[] = [];
  for await (const message of client.exchange([Buffer.from('a')])) answers.push(message.toString('hex'));
  for await (const message of client.download(Buffer.from('2 1'))) answers.push(message.toString('hex'));
  assert.deepEqual(answers, ['61', '01', '02']);
});
