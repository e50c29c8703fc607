// Servers and clients inside the test's process, closed after it.
import {
  connect as connectClient,
  type IterableClient,
  type ServeOptions,
  type Service,
  serve,
} from 'grpc-iterables';
import { Messanger, type MessangerProxy } from 'proto';
import type { MessangerClient } from 'proto/gen/messanger/Messanger';

export interface Test {
  after(cleanUp: () => Promise<void> | void): void;
}

/** Both services have the same calls. */
export type Client = IterableClient<MessangerClient>;

export async function start(t: Test, service: Service, options: ServeOptions = {}) {
  const server = await serve([service], { gracePeriod: 0, ...options });
  t.after(server.shutdown);
  return server;
}

/** A client with a connection of its own. */
export function connect(
  t: Test,
  address: string,
  clientClass: typeof Messanger | typeof MessangerProxy = Messanger,
): Client {
  const client = connectClient(clientClass, address);
  t.after(() => void client.close());
  return client;
}

export interface Deferred<Value> {
  promise: Promise<Value>;
  resolve(value: Value): void;
}

export function deferred<Value = void>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}

/** Requests that are sent one by one, when the test sends them. */
export function handSent<Message>() {
  const { readable, writable } = new TransformStream<Message, Message>(undefined, { highWaterMark: 100 });
  const writer = writable.getWriter();
  return {
    requests: readable as AsyncIterable<Message>,
    send: (message: Message) => void writer.write(message),
    halfClose: () => void writer.close(),
  };
}

export async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}
