import * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './client.ts';
import { CALL_OVER, deadlineOf, onAbort } from './client-call.ts';
import { type Messages, sendMessages } from './send-messages.ts';
import { cancelledBy, StatusError } from './status-error.ts';

/** A request that no server can read, in place of a message. */
const unreadable = Symbol('unreadable');
// A number that breaks off: no protobuf parser, nor JSON's, takes it for a message.
const UNREADABLE_BYTES = Buffer.from([0xff]);
// How long a cancel waits for the requests before it to be sent, in milliseconds, and in turns of the event loop:
// a process that is busy needs time, but few turns. It takes that long only when there is no connection yet, or
// flow control holds the requests back, and what is held back holds back a false end as well.
const FLUSH_PERIOD = 100;
const FLUSH_TURNS = 10;

/** The serializer for a call that `sendRequests` drives. */
export function readableOrNot(serialize: grpc.serialize<unknown>): grpc.serialize<unknown> {
  return (message) => (message === unreadable ? UNREADABLE_BYTES : serialize(message));
}

/**
 * Cancels a call before its last request, so that no server, in whatever language, takes it for complete.
 *
 * `cancel` alone does not do it: Node's http2 ends its side of the stream before it resets it, which is on the
 * wire what a half-close is, and the reset follows a turn of the event loop later (`close` in Node's
 * lib/internal/http2/core.js; grpc/grpc-node#2583). A request that can't be read, ahead of that false end,
 * makes the server fail the call instead.
 */
function cancelUnfinished(call: grpc.ClientWritableStream<unknown>): void {
  const cancel = () => call.cancel();
  if (call.writableEnded) {
    cancel();
    return;
  }
  const timer = setTimeout(afterTurns, FLUSH_PERIOD, FLUSH_TURNS, cancel);
  call.once('status', () => clearTimeout(timer));
  call.write(unreadable, cancel);
}

function afterTurns(turns: number, act: () => void): void {
  if (turns === 0) act();
  else setImmediate(afterTurns, turns - 1, act);
}

/**
 * The headers of a call that sends: with the deadline, of which grpc-js does not know. It would cancel by itself
 * and let the requests look complete.
 */
export function headersWithDeadline(options: CallOptions): grpc.Metadata {
  const headers = options.metadata?.clone() ?? new grpc.Metadata();
  const left = Math.ceil(deadlineOf(options) - Date.now());
  if (left < Number.POSITIVE_INFINITY) headers.set('grpc-timeout', timeoutText(Math.max(left, 0)));
  return headers;
}

/** At most 8 digits and a unit (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
function timeoutText(milliseconds: number): string {
  return milliseconds < 1e8 ? `${milliseconds}m` : `${Math.ceil(milliseconds / 1000)}S`;
}

/**
 * Sends the requests and half-closes.
 *
 * Stops when the call is over; an early answer ends it like that too. When `requests` throws, the caller
 * aborts or the deadline comes before that, it ends the call: `over` is aborted, `fail` gets the failure, and
 * the call is cancelled.
 *
 * @returns ends the call like that for a caller who left the loop over its responses
 */
export function sendRequests(
  call: grpc.ClientWritableStream<unknown>,
  requests: Messages<unknown>,
  options: CallOptions,
  over: AbortController,
  fail: (failure: Error) => void,
): () => void {
  function leave(): void {
    if (over.signal.aborted) return;
    over.abort(CALL_OVER);
    cancelUnfinished(call);
  }
  function stop(failure: Error): void {
    if (!over.signal.aborted) fail(failure);
    leave();
  }

  sendMessages(call, requests, over.signal).then(() => call.end(), stop);
  const { signal } = options;
  onAbort(signal, over.signal, () => signal && stop(cancelledBy(signal)));
  const left = deadlineOf(options) - Date.now();
  if (left < Number.POSITIVE_INFINITY) {
    const expire = () => stop(new StatusError(grpc.status.DEADLINE_EXCEEDED, 'deadline exceeded'));
    const timer = setTimeout(expire, left);
    over.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }
  return leave;
}
