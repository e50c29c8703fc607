// Calls of the interoperability service that end in every way, made by our client.
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { Metadata } from '@grpc/grpc-js';
import { type CallOptions, connect, type IterableClient } from 'grpc-iterables';
import { TestService } from 'proto';
import type { TestServiceClient } from 'proto/gen/grpc/testing/TestService';

export type Kind = 'client-streaming' | 'bidirectional';
export const kinds: Kind[] = ['client-streaming', 'bidirectional'];

/** What a handler does after the first request. */
export type Task = 'read' | 'answer' | 'throw';

export function connectTo(address: string) {
  return connect(TestService, address);
}

/** The metadata for a watched server: the id of the call, and what the handler should do. */
export function metadataOf(id: string, task: Task = 'read'): Metadata {
  const metadata = new Metadata();
  metadata.set('x-call', id);
  metadata.set('x-do', task);
  return metadata;
}

/** Makes a call of either kind; resolves when it has ended well. */
export async function call(
  client: IterableClient<TestServiceClient>,
  kind: Kind,
  requests: AsyncIterable<object>,
  options: CallOptions,
): Promise<void> {
  if (kind === 'client-streaming') await client.streamingInputCall(requests, options);
  else for await (const _ of client.fullDuplexCall(requests, options));
}

/** One request, and then a wait for as long as the call is open. */
export async function* endless() {
  yield {};
  await new Promise<never>(() => {});
}

/** Waits for a random time: some turns of the event loop, or up to 20 ms. */
export async function anyMoment(): Promise<void> {
  if (Math.random() < 0.5) await delay(Math.random() * 20);
  else for (let turns = Math.random() * 7; turns > 1; turns--) await nextTurn();
}

/** Cancels a call after some requests, at a random moment. */
export async function cancelAfter(
  client: IterableClient<TestServiceClient>,
  kind: Kind,
  id: string,
  requests: number,
): Promise<void> {
  const controller = new AbortController();
  async function* untilCancelled() {
    for (let sent = 0; sent < requests; sent++) yield {};
    await anyMoment();
    controller.abort();
    await new Promise<never>(() => {});
  }
  const options = { signal: controller.signal, metadata: metadataOf(id) };
  await call(client, kind, untilCancelled(), options).catch(() => {});
}
