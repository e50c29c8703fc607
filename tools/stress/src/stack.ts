import type { Message } from 'proto/gen/stress/Message';

export type { Message };

export interface Context {
  readonly signal: AbortSignal;
}

/** The server's side, the same for every library. */
export interface Handlers {
  unary(request: Message, context: Context): Promise<Message>;
  download(request: Message, context: Context): AsyncGenerator<Message>;
  upload(requests: AsyncIterable<Message>, context: Context): Promise<Message>;
  exchange(requests: AsyncIterable<Message>, context: Context): AsyncGenerator<Message>;
}

export interface Options {
  signal?: AbortSignal;
  /** In milliseconds. */
  timeout?: number;
}

/** The client's side, the same for every library. */
export interface Client {
  unary(request: Message, options: Options): Promise<Message>;
  download(request: Message, options: Options): AsyncIterable<Message>;
  upload(requests: AsyncIterable<Message>, options: Options): Promise<Message>;
  exchange(requests: AsyncIterable<Message>, options: Options): AsyncIterable<Message>;
}

/**
 * Options of grpc-js with which a vanished peer is noticed soon, so that a run does not wait long. On a busy machine a process may
 * do nothing for some seconds, and its peer must not treat it as vanished.
 */
export const keepalive = { 'grpc.keepalive_time_ms': 1000, 'grpc.keepalive_timeout_ms': 5000 };

/** PEM texts for TLS. */
export interface Certificates {
  ca: string;
  cert: string;
  key: string;
}

/** A library to test. */
export interface Stack {
  serve(
    handlers: Handlers,
    certificates?: Certificates,
  ): Promise<{ address: string; close(): Promise<void> }>;
  connect(address: string, certificates?: Certificates): { client: Client; close(): void };
  /** The error that a handler throws to send NOT_FOUND. */
  notFound(): Error;
  /** The name of the gRPC status of an error that a call threw; undefined if the error has no status. */
  codeOf(error: unknown): string | undefined;
}
