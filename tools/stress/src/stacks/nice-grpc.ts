import { type ServiceDefinition, status as statusCodes } from '@grpc/grpc-js';
import { ClientError, createChannel, createClient, createServer, ServerError, Status } from 'nice-grpc';
import { Stress } from 'proto';
import { type Client, type Handlers, keepalive, type Options, type Stack } from '../stack.ts';

/** In nice-grpc a deadline is an abort by a timer of the caller, or a middleware package. */
function signalOf({ signal, timeout }: Options): { signal?: AbortSignal } {
  const signals = [signal, timeout === undefined ? undefined : AbortSignal.timeout(timeout)];
  const given = signals.filter((one) => one !== undefined);
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) };
}

interface NiceClient {
  unary: Client['unary'];
  download: Client['download'];
  upload: Client['upload'];
  exchange: Client['exchange'];
}

export const niceGrpc: Stack = {
  async serve(handlers: Handlers) {
    const server = createServer(keepalive);
    server.add(Stress.service as ServiceDefinition, {
      Unary: handlers.unary,
      Download: handlers.download,
      Upload: handlers.upload,
      Exchange: handlers.exchange,
    });
    const port = await server.listen('127.0.0.1:0');
    return {
      address: `127.0.0.1:${port}`,
      close: async () => server.forceShutdown(),
    };
  },
  connect(address) {
    const channel = createChannel(address, undefined, keepalive);
    const inner: unknown = createClient(Stress.service, channel);
    const methods = inner as Record<string, NiceClient[keyof NiceClient]>;
    const client = {
      unary: methods.Unary ?? methods.unary,
      download: methods.Download ?? methods.download,
      upload: methods.Upload ?? methods.upload,
      exchange: methods.Exchange ?? methods.exchange,
    } as NiceClient;
    return {
      client: {
        unary: (request, options) => client.unary(request, signalOf(options)),
        download: (request, options) => client.download(request, signalOf(options)),
        upload: (requests, options) => client.upload(requests, signalOf(options)),
        exchange: (requests, options) => client.exchange(requests, signalOf(options)),
      },
      close: () => channel.close(),
    };
  },
  notFound: () => new ServerError(Status.NOT_FOUND, 'as planned'),
  codeOf(error) {
    if (error instanceof ClientError) return statusCodes[error.code];
    if (!(error instanceof Error)) return undefined;
    if (error.name === 'TimeoutError') return 'DEADLINE_EXCEEDED';
    return error.name === 'AbortError' ? 'CANCELLED' : undefined;
  },
};
