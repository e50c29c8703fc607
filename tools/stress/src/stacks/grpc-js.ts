// grpc-js alone, used as its documentation and that of Node's streams say.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as grpc from '@grpc/grpc-js';
import { Stress } from 'proto';
import type { Message__Output } from 'proto/gen/stress/Message';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import {
  type Client,
  type Context,
  type Handlers,
  keepalive,
  type Message,
  type Options,
  type Stack,
} from '../stack.ts';

type Respondable = grpc.ServerWritableStream<unknown, Message> | grpc.ServerDuplexStream<unknown, Message>;

interface Cancellable {
  on(event: 'cancelled', listener: () => void): unknown;
}

function contextOf(call: Cancellable): Context {
  const cancelled = new AbortController();
  call.on('cancelled', () => cancelled.abort());
  return { signal: cancelled.signal };
}

/** Writes as the documentation of streams says: waits for `drain`, and at the end calls `end` or reports the error. */
async function respond(call: Respondable, responses: AsyncIterable<Message>): Promise<void> {
  try {
    for await (const response of responses) if (!call.write(response)) await once(call, 'drain');
    call.end();
  } catch (error) {
    call.emit('error', error);
  }
}

function grpcHandlers(handlers: Handlers): StressHandlers {
  return {
    Unary: (call, callback) => {
      handlers.unary(call.request, contextOf(call)).then(
        (response) => callback(null, response),
        (error) => callback(error),
      );
    },
    Download: (call) => void respond(call, handlers.download(call.request, contextOf(call))),
    Upload: (call, callback) => {
      handlers.upload(call, contextOf(call)).then(
        (response) => callback(null, response),
        (error) => callback(error),
      );
    },
    Exchange: (call) => {
      // A plain `for await` would destroy the call with its last request (grpc/grpc-node#1839).
      const requests = call.iterator({ destroyOnReturn: false });
      void respond(call, handlers.exchange(requests, contextOf(call)));
    },
  };
}

function cancelOn({ signal }: Options, call: { cancel(): void }): void {
  if (signal?.aborted) call.cancel();
  signal?.addEventListener('abort', () => call.cancel());
}

const timeLimit = ({ timeout }: Options) => (timeout === undefined ? {} : { deadline: Date.now() + timeout });

function clientOf(client: InstanceType<typeof Stress>): Client {
  return {
    unary: (request, options) =>
      new Promise((resolve, reject) => {
        const call = client.unary(request, timeLimit(options), (error, response) =>
          response ? resolve(response) : reject(error),
        );
        cancelOn(options, call);
      }),
    download(request, options) {
      const call = client.download(request, timeLimit(options));
      cancelOn(options, call);
      return call as AsyncIterable<Message__Output>;
    },
    upload: (requests, options) =>
      new Promise((resolve, reject) => {
        const call = client.upload(timeLimit(options), (error, response) =>
          response ? resolve(response) : reject(error),
        );
        cancelOn(options, call);
        pipeline(requests, call as Writable).catch(reject);
      }),
    async *exchange(requests, options) {
      const call = client.exchange(timeLimit(options));
      cancelOn(options, call);
      pipeline(requests, call as Writable).catch((error) => call.destroy(error));
      yield* call as AsyncIterable<Message__Output>;
    },
  };
}

export const grpcJs: Stack = {
  async serve(handlers) {
    const server = new grpc.Server(keepalive);
    server.addService(Stress.service, grpcHandlers(handlers));
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return {
      address: `127.0.0.1:${port}`,
      close: async () => server.forceShutdown(),
    };
  },
  connect(address) {
    const client = new Stress(address, grpc.credentials.createInsecure(), keepalive);
    return { client: clientOf(client), close: () => client.close() };
  },
  notFound: () => Object.assign(new Error('as planned'), { code: grpc.status.NOT_FOUND }),
  codeOf(error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof code === 'number' ? grpc.status[code] : undefined;
  },
};
