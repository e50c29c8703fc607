import type { Readable } from 'node:stream';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import { messageQueue } from './message-queue.ts';
import type { OpenCall } from './server-context.ts';
import { StatusError } from './status-error.ts';

/** How many bytes of requests may wait unread in a call. The last request may exceed it. */
const READ_AHEAD = 64 * 1024;
/** The memory of a request besides its bytes, so that the number of small requests has a limit as well. */
const OVERHEAD = 256;

/**
 * How long the server waits before it trusts a half-close, in milliseconds, if the client may use Node's http2. The RST_STREAM
 * after its false half-close comes one turn of its event loop later (see doubtful-clients.ts).
 */
const HALF_CLOSE_DELAY = 10;

type RequestCall = Readable & { readonly cancelled: boolean };

/**
 * The requests of a client streaming or bidirectional call, on the server.
 *
 * It ends only if the client has half-closed. In every other case reading throws the reason of the context's signal.
 *
 * @param doubtful whether to wait for a reset after the half-close
 */
export function receiveRequests<Request>(
  call: RequestCall,
  { context: { signal }, breakOff }: OpenCall,
  deserialize: grpc.deserialize<Request>,
  doubtful: boolean,
): AsyncIterableIterator<Request> {
  const requests = messageQueue<Request>(holdBack(call), READ_AHEAD);
  if (signal.aborted) requests.abort(signal.reason);
  signal.addEventListener('abort', () => requests.abort(signal.reason), { once: true });
  call.on('data', (bytes: Buffer) => {
    try {
      requests.push(deserialize(bytes), bytes.length + OVERHEAD);
    } catch (error) {
      breakOff(new StatusError(grpc.status.INTERNAL, 'a request cannot be read', { cause: error }));
    }
  });
  call.once('end', async () => {
    if (doubtful) {
      await delay(HALF_CLOSE_DELAY);
      await nextTurn();
    }
    ifHalfClosed(call, () => requests.finish());
  });
  return requests;
}

// #region half-close
/**
 * Calls `finish` unless the stream was reset.
 *
 * When a stream is reset, Node's http2 ends it, and grpc-js treats that end as a half-close. `_read` makes grpc-js look
 * at the state of the stream (`startRead`). If the stream is closed, grpc-js marks the call as cancelled in the next
 * tick, which runs before the tick below. On an open stream `_read` does nothing, because nothing follows a half-close.
 * (grpc/grpc-node#2583)
 */
function ifHalfClosed(call: RequestCall, finish: () => void): void {
  call._read(0);
  process.nextTick(() => {
    if (!call.cancelled) finish();
  });
}
// #endregion half-close

/**
 * Lets `call` ask for a message only while there is room. `pause()` of the stream is not enough, because the stream would still
 * read 16 messages ahead, of any size.
 */
function holdBack(call: Readable) {
  const read = call._read;
  let held: number | undefined;
  const pause = () => {
    call._read = (size) => {
      held = size;
    };
  };
  const resume = () => {
    call._read = read;
    if (held !== undefined) call._read(held);
    held = undefined;
  };
  return { pause, resume, abandon: pause };
}
