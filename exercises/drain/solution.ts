// Two events can end the waiting. Without `cancelled`, the loop would wait for ever after a cancel, and the source would stay open.
import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';

/** Waits until the call can take more messages, or is over. */
async function ready<Message>(call: ServerWritableStream<unknown, Message>): Promise<void> {
  if (call.cancelled) return;
  const over = new AbortController();
  await Promise.race(['drain', 'cancelled'].map((event) => once(call, event, { signal: over.signal })));
  over.abort();
}

/** Sends all messages, and then ends the call. */
export async function writeAll<Message>(
  call: ServerWritableStream<unknown, Message>,
  messages: AsyncIterable<Message>,
): Promise<void> {
  for await (const message of messages) {
    if (call.cancelled) break;
    if (!call.write(message)) await ready(call);
  }
  call.end();
}
