import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import { onAbort } from './on-abort.ts';
import { whyNotSendable } from './sendable.ts';
import { StatusError } from './status-error.ts';

// #region context
/** What a handler knows about its call besides the messages. */
export interface ServerContext {
  /**
   * Aborts when the client does not wait for the answer any more. Its reason is a StatusError: CANCELLED,
   * DEADLINE_EXCEEDED, or UNAVAILABLE (the connection was lost, or this server shuts down). Pass it to everything that
   * the handler awaits. It does not abort if the call ends well.
   */
  readonly signal: AbortSignal;
  /** When the client stops waiting. It is undefined if the client never stops. */
  readonly deadline: Date | undefined;
  /** The request headers. */
  readonly metadata: grpc.Metadata;
  /** The client's address and port. */
  readonly peer: string;
  /**
   * Sends response headers now. If the handler does not use it, the headers are sent with the first message. Using it again
   * has no effect.
   *
   * @throws RangeError if HTTP/2 or the client would refuse the headers
   */
  sendHeaders(metadata: grpc.Metadata): void;
  /** Metadata that is sent with the status if the call ends well. You can add to it until then. */
  readonly trailers: grpc.Metadata;
  /**
   * Ends the call while its handler works. The client gets `reason` as its status, `signal` is aborted with `reason`, and
   * reading the requests throws it. This is for middleware. A handler throws an error instead.
   */
  end(reason: StatusError): void;
}
// #endregion context

/** The server that a call came through, as far as its calls have to know it. */
export interface ServerLife {
  /** Aborted when open calls have to end because the server does. */
  readonly shutdown: AbortSignal;
  /** The connection from `peer`, while it is open. */
  connection(peer: string): Socket | undefined;
  /** Whether a connection has reached the age at which the server ends it. */
  isOld(connection: Socket): boolean;
}

/** What all four kinds of grpc-js server call have in common. */
export type AnyServerCall = Pick<
  grpc.ServerUnaryCall<unknown, unknown>,
  'getPeer' | 'getDeadline' | 'metadata' | 'sendMetadata'
> & { once(event: 'cancelled', listener: () => void): unknown };

// A client resets the stream at its deadline. On the wire this is a cancel like any other. A reset that comes this short before
// the deadline, in milliseconds, counts as the deadline.
const DEADLINE_SLACK = 100;
const LONGEST_TIMER = 2 ** 31 - 1;
// When Node's http2 destroys a session, it closes the socket within this many turns of the event loop.
const TURNS_TO_CLOSE = 3;

function dateOf(deadline: grpc.Deadline): Date | undefined {
  const time = Number(deadline);
  return Number.isFinite(time) ? new Date(time) : undefined;
}

/**
 * Whether the connection ended the call, and not the client: the connection is closed, or about to be closed. When grpc-js
 * drops a connection that does not answer its PINGs, the calls end before the socket is closed. But a client that cancels,
 * and closes its connection right after that, has cancelled.
 *
 * @param isOld whether the server may have ended the connection because of its age
 */
async function isLost(connection: Socket | undefined, isOld: boolean): Promise<boolean> {
  if (!connection) return false;
  if (connection.destroyed || connection.readableEnded) return true;
  const closing = () => connection.destroyed || (isOld && connection.writableEnded);
  for (let turn = 0; turn < TURNS_TO_CLOSE && !closing(); turn++) await nextTurn();
  return closing() && !connection.readableEnded;
}

async function whyCancelled(
  peer: string,
  connection: Socket | undefined,
  isOld: boolean,
  deadline: Date | undefined,
): Promise<StatusError> {
  const late = deadline && Date.now() >= deadline.getTime() - DEADLINE_SLACK;
  if (await isLost(connection, isOld)) {
    return new StatusError(grpc.status.UNAVAILABLE, `connection to ${peer} lost`);
  }
  return late ? deadlineExceeded() : new StatusError(grpc.status.CANCELLED, 'cancelled by the client');
}

function deadlineExceeded(): StatusError {
  return new StatusError(grpc.status.DEADLINE_EXCEEDED, 'deadline exceeded');
}

/** One call: the handler's view of it, and the functions that end it. */
export interface OpenCall {
  readonly context: ServerContext;
  /** Whether `context.signal` is aborted. Asking for this does not make the signal. */
  readonly aborted: boolean;
  /** Ends the call. Returns true only for the first caller, which decides how the call ended. */
  close(): boolean;
  /** For a client that broke the protocol: it gets `status`, and the handler sees a cancel. */
  breakOff(status: StatusError): void;
}

/**
 * Watches a grpc-js call for every event that can end it early.
 *
 * @param refuse sends a status to the client, if it still waits
 */
export function openCall(
  call: AnyServerCall,
  life: ServerLife,
  refuse: (reason: StatusError) => void,
): OpenCall {
  let controller: AbortController | undefined;
  let aborted: StatusError | undefined;
  const peer = call.getPeer();
  const connection = life.connection(peer);
  const deadline = dateOf(call.getDeadline());
  let open = true;

  function close(): boolean {
    if (!open) return false;
    open = false;
    clearTimeout(timer);
    forgetShutdown();
    return true;
  }
  function abort(reason: StatusError): void {
    if (!close()) return;
    aborted = reason;
    controller?.abort(reason);
  }
  function newController(): AbortController {
    const made = new AbortController();
    // A handler may pass its signal to any number of calls.
    setMaxListeners(0, made.signal);
    if (aborted) made.abort(aborted);
    return made;
  }
  function end(reason: StatusError): void {
    if (open) refuse(reason);
    abort(reason);
  }

  // grpc-js has a deadline timer, too. But it informs the handler only when all written messages are flushed, and a client that
  // stopped reading can delay this forever.
  const left = deadline && deadline.getTime() - Date.now();
  const timer =
    left !== undefined && left <= LONGEST_TIMER
      ? setTimeout(() => end(deadlineExceeded()), Math.max(left, 0))
      : undefined;
  const onShutdown = () => end(life.shutdown.reason);
  const forgetShutdown = onAbort(life.shutdown, onShutdown);
  // With Node 24 new calls can arrive on a connection after its GOAWAY.
  if (life.shutdown.aborted) onShutdown();
  async function onCancelled(): Promise<void> {
    if (open) {
      const isOld = connection !== undefined && life.isOld(connection);
      abort(await whyCancelled(peer, connection, isOld, deadline));
    }
  }
  // Also emitted after calls that ended well (grpc/grpc-node#2771). These are closed already.
  call.once('cancelled', onCancelled);

  return {
    get aborted() {
      return aborted !== undefined;
    },
    close,
    breakOff(status) {
      if (open) refuse(status);
      void onCancelled();
    },
    context: {
      // Made when it is asked for: for a short call it is a good part of the cost.
      get signal() {
        controller ??= newController();
        return controller.signal;
      },
      deadline,
      metadata: call.metadata,
      peer,
      sendHeaders(metadata) {
        const why = whyNotSendable(metadata);
        if (why !== undefined) throw new RangeError(`headers ${why}`);
        call.sendMetadata(metadata);
      },
      trailers: new grpc.Metadata(),
      end,
    },
  };
}
