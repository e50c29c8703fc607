// What gRPC adds to the bytes of a message: a byte that says whether it is compressed, and its length.
import { once } from 'node:events';
import type { Http2Stream } from 'node:http2';
import { GrpcError, status } from './status.ts';

const PREFIX = 5;
const LONGEST_MESSAGE = 4 * 1024 * 1024;
// The bytes that fit into one DATA frame.
const BATCH = 16_384;

// #region frame
/** A message with its prefix, as it is sent. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX + message.length);
  framed.writeUInt8(0, 0);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX);
  return framed;
}
// #endregion frame

// #region messages
/**
 * The messages in a stream of bytes, wherever HTTP/2 has cut them. While the reader pauses, nothing is read from the stream.
 *
 * @throws GrpcError for a message that is compressed, too long or incomplete
 */
export async function* messagesIn(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (rest.length >= PREFIX) {
      if (rest.readUInt8(0) !== 0)
        throw new GrpcError(status.UNIMPLEMENTED, 'compressed messages are not supported');
      const end = PREFIX + rest.readUInt32BE(1);
      if (end - PREFIX > LONGEST_MESSAGE) {
        throw new GrpcError(
          status.RESOURCE_EXHAUSTED,
          `a message of ${end - PREFIX} bytes is longer than ${LONGEST_MESSAGE}`,
        );
      }
      if (rest.length < end) break;
      yield rest.subarray(PREFIX, end);
      rest = rest.subarray(end);
    }
  }
  if (rest.length > 0) throw new GrpcError(status.INTERNAL, 'the stream ended in the middle of a message');
}
// #endregion messages

/**
 * Writes messages. Those of one turn of the event loop are written in one piece. It waits for a peer that reads slowly. It
 * does not end the stream.
 *
 * @param over aborts when the call is over. This function then throws its reason at once, even if `messages` never yields
 *   again, and calls `return()` on `messages`
 */
export function writeMessages<Message>(
  stream: Http2Stream,
  messages: AsyncIterable<Message> | Iterable<Message>,
  encode: (message: Message) => Uint8Array,
  over: AbortSignal,
): Promise<void> {
  const iterator =
    Symbol.asyncIterator in messages ? messages[Symbol.asyncIterator]() : messages[Symbol.iterator]();
  let batch: Buffer[] = [];
  let bytes = 0;
  let turn: NodeJS.Immediate | undefined;

  function flush(): void {
    clearImmediate(turn);
    turn = undefined;
    if (batch.length > 0 && !over.aborted) stream.write(Buffer.concat(batch));
    batch = [];
    bytes = 0;
  }

  async function pump(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await iterator.next();
        if (done || over.aborted) return;
        const framed = frame(encode(value));
        batch.push(framed);
        bytes += framed.length;
        turn ??= setImmediate(flush);
        if (bytes >= BATCH) flush();
        if (stream.writableNeedDrain) await once(stream, 'drain', { signal: over });
      }
    } finally {
      flush();
    }
  }

  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(over.reason);
      // The call is over, so an error of this clean-up cannot change its ending.
      Promise.resolve(iterator.return?.()).catch(() => {});
    };
    if (over.aborted) return stop();
    over.addEventListener('abort', stop, { once: true });
    pump()
      .then(resolve, reject)
      .finally(() => over.removeEventListener('abort', stop));
  });
}
