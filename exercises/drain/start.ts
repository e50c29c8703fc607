// traps: Send a long stream with grpc-js alone, without filling the memory.
//
// `writeAll` ignores what `call.write` returns. If the client reads slowly, all messages wait in the memory of the server. If the client leaves, the
// source goes on. Change it:
// 1. If `call.write` returns false, wait for the event `drain` before the next message.
// 2. If the client leaves, stop reading the source. Then the event `cancelled` comes, and `drain` may never come.
//
// You need: import { once } from 'node:events'.
import type { ServerWritableStream } from '@grpc/grpc-js';

/** Sends all messages, and then ends the call. */
export async function writeAll<Message>(
  call: ServerWritableStream<unknown, Message>,
  messages: AsyncIterable<Message>,
): Promise<void> {
  for await (const message of messages) call.write(message);
  call.end();
}
