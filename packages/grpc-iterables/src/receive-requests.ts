import type { Readable } from 'node:stream';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { messageQueue } from './message-queue.ts';

// As many as grpc-js itself buffers in a call.
const READ_AHEAD = 16;

/**
 * How long a half-close has to stand before it is believed, in milliseconds.
 *
 * What HTTP/2 says is certain only in the other direction: a stream that was reset did not complete. But
 * Node's http2 client, on which every Node gRPC client stands, ends its stream before it resets it (`close`
 * calls `end` first). A cancelled upload therefore reaches the server as a true END_STREAM, the same as a
 * half-close, and the RST_STREAM that gives it away follows one turn of the client's event loop later.
 */
const HALF_CLOSE_DELAY = 10;

/**
 * The requests of a client streaming or bidirectional call, on the server.
 *
 * Ends only when the client has half-closed; in every other case reading throws the reason of `signal`.
 * To tell the two apart it waits for a reset that may be on its way, lets the event loop read the socket once
 * more, and then asks grpc-js for one more message: `startRead`, behind `_read`, looks whether the HTTP/2
 * stream is closed, and if so schedules `cancelled` for the next tick, ahead of ours. The reason then comes by `signal`. On a stream that is
 * still open it does nothing, since nothing follows a half-close. (grpc/grpc-node#2583)
 */
export function receiveRequests<Request>(
  call: Readable & { readonly cancelled: boolean },
  signal: AbortSignal,
): AsyncIterableIterator<Request> {
  const queue = messageQueue<Request>(
    {
      pause: () => call.pause(),
      resume: () => call.resume(),
      abandon: () => call.pause(),
    },
    READ_AHEAD,
  );
  if (signal.aborted) queue.abort(signal.reason);
  signal.addEventListener('abort', () => queue.abort(signal.reason), { once: true });
  call.on('data', (request: Request) => queue.push(request, 1));
  call.once('end', async () => {
    await delay(HALF_CLOSE_DELAY);
    await nextTurn();
    call._read(0);
    process.nextTick(() => {
      if (!call.cancelled) queue.finish();
    });
  });
  return queue;
}
