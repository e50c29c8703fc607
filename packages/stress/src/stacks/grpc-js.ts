// Bare grpc-js as tutorials and its own examples show it.
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as grpc from '@grpc/grpc-js';
import { Stress } from 'proto';
import type { Message__Output } from 'proto/gen/stress/Message';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { type Client, type Context, type Handlers, keepalive, type Options, type Stack } from '../stack.ts';

interface Cancellable {
  on(event: 'cancelled', listener: () => void): unknown;
}

function contextOf(call: Cancellable): Context {
  const cancelled = new AbortController();
  call.on('cancelled', () => cancelled.abort());
  return { signal: cancelled.signal };
}

function grpcHandlers(handlers: Handlers): StressHandlers {
  return {
    Unary: (call, callback) => {
      handlers.unary(call.request, contextOf(call)).then(
        (response) => callback(null, response),
        (error) => callback(error),
      );
    },
    Download: (call) => {
      pipeline(handlers.download(call.request, contextOf(call)), call as Writable).catch((error) =>
        call.emit('error', error),
      );
    },
    Upload: (call, callback) => {
      handlers.upload(call, contextOf(call)).then(
        (response) => callback(null, response),
        (error) => callback(error),
      );
    },
    Exchange: (call) => {
      pipeline(handlers.exchange(call, contextOf(call)), call as Writable).catch((error) =>
        call.emit('error', error),
      );
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
