import { inspect } from 'node:util';
import * as grpc from '@grpc/grpc-js';
import { type CallOptions, deadlineOf } from './call-options.ts';
import { onAbort } from './on-abort.ts';
import type { SourceOfMessages } from './source-of-messages.ts';
import { cancelledBy, receivedError, StatusError } from './status-error.ts';

type ChannelCall = ReturnType<grpc.ChannelInterface['createCall']>;
export type Method = grpc.MethodDefinition<unknown, unknown>;

interface Reader {
  resolve(result: IteratorResult<unknown, undefined>): void;
  reject(failure: unknown): void;
}

/** How a call ended: well, or with a failure. The failure may be any value, because user code can throw any value. */
interface Ending {
  readonly failed: boolean;
  readonly failure?: unknown;
}

const WELL: Ending = { failed: false };
const DONE = { done: true, value: undefined } as const;

/**
 * One call on a channel, the same for all four kinds: it sends requests, and is the iterator over the responses.
 *
 * The channel delivers a response only when it is asked for one, and the status after all responses (see http2-channel). So
 * this class needs no queue.
 */
export class ClientCall implements AsyncIterableIterator<unknown> {
  private readonly method: Method;
  private readonly options: CallOptions;
  private readonly call: ChannelCall;
  private readonly readers: Reader[] = [];
  private source: SourceOfMessages<unknown> | undefined;
  private readonly forgetSignals: (() => void)[] = [];
  private ending: Ending | undefined;
  /** Continues with the requests when the channel accepts the next one. */
  private resume: (() => void) | undefined;
  private mayWrite = true;
  private readonly written = {
    callback: () => {
      this.mayWrite = true;
      this.resume?.();
    },
  };

  /**
   * @param left aborts when middleware around the call has to end, because nobody reads its responses any more
   * @throws RangeError if the deadline is not a time
   */
  constructor(channel: grpc.ChannelInterface, method: Method, options: CallOptions, left?: AbortSignal) {
    this.method = method;
    this.options = options;
    this.call = channel.createCall(method.path, deadlineOf(options), null, null, null);
    const { signal, metadata = new grpc.Metadata() } = options;
    this.call.start(metadata, {
      onReceiveMetadata: (headers) => this.receiveHeaders(headers),
      onReceiveMessage: (bytes) => this.receive(bytes),
      onReceiveStatus: (status) => this.receiveStatus(status),
    });
    if (signal) this.endWith(signal);
    if (left) this.endWith(left);
  }

  private endWith(signal: AbortSignal): void {
    const stop = () => this.abort(cancelledBy(signal));
    if (signal.aborted) stop();
    else if (!this.ending) this.forgetSignals.push(onAbort(signal, stop));
  }

  /** Sends the one request of a unary or server streaming call. */
  sendOne(request: unknown): this {
    if (this.write(request)) this.call.halfClose();
    return this;
  }

  /** Sends requests as the channel accepts them, and half-closes after the last one. */
  sendAll(requests: SourceOfMessages<unknown>): this {
    this.source = requests;
    if (this.ending) this.stopRequests();
    // It throws only errors of `requests`.
    this.pump(requests).catch((failure) => this.abort(failure));
    return this;
  }

  /** The one response of a unary or client streaming call. */
  async response(): Promise<unknown> {
    const first = await this.next();
    if (first.done) throw new StatusError(grpc.status.UNIMPLEMENTED, 'the server sent no response');
    if ((await this.next()).done) return first.value;
    await this.return();
    throw new StatusError(grpc.status.UNIMPLEMENTED, 'the server sent more than one response');
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    // A stream that failed fails again, because it must not look complete.
    if (this.ending?.failed) return Promise.reject(this.ending.failure);
    if (this.ending) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => {
      this.readers.push({ resolve, reject });
      this.call.startRead();
    });
  }

  return(): Promise<IteratorResult<unknown, undefined>> {
    if (!this.ending) {
      this.end(WELL);
      this.cancel();
    }
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  // #region pump
  private async pump(requests: SourceOfMessages<unknown>): Promise<void> {
    while (!this.ending) {
      const { done, value } = await requests.next();
      if (this.ending) return;
      if (done) return this.call.halfClose();
      if (!this.write(value)) return;
      if (!this.mayWrite) await new Promise<void>((resolve) => (this.resume = resolve));
    }
  }
  // #endregion pump

  /** @returns whether the request could be sent */
  private write(request: unknown): boolean {
    if (this.ending) return false;
    let bytes: Buffer;
    try {
      bytes = this.method.requestSerialize(request);
    } catch (error) {
      this.abort(this.unusable('a request', 'serialize', error));
      return false;
    }
    this.mayWrite = false;
    this.call.sendMessageWithContext(this.written, bytes);
    return true;
  }

  private receiveHeaders(headers: grpc.Metadata): void {
    if (!this.ending) this.report(this.options.onHeaders, headers);
  }

  private receive(bytes: Buffer): void {
    if (this.ending) return;
    try {
      const value = this.method.responseDeserialize(bytes);
      this.readers.shift()?.resolve({ done: false, value });
    } catch (error) {
      this.abort(this.unusable('a response', 'parse', error));
    }
  }

  private receiveStatus(status: grpc.StatusObject): void {
    if (this.ending) return;
    this.report(this.options.onTrailers, status.metadata);
    if (status.code === grpc.status.OK) this.end(WELL);
    else this.end({ failed: true, failure: receivedError(status) });
  }

  private report(callback: ((metadata: grpc.Metadata) => void) | undefined, metadata: grpc.Metadata): void {
    try {
      // TypeScript accepts an async function here, too.
      const result: unknown = callback?.(metadata);
      if (result instanceof Promise) result.catch((error) => this.failLate(error));
    } catch (error) {
      this.abort(error);
    }
  }

  /** An async callback has failed. It may be too late to fail the call. */
  private failLate(error: unknown): void {
    if (this.ending) process.emitWarning(`a callback of a call failed after its end: ${inspect(error)}`);
    else this.abort(error);
  }

  /** Ends the call with a failure of this side. */
  private abort(failure: unknown): void {
    if (this.ending) return;
    this.end({ failed: true, failure });
    this.cancel();
  }

  private cancel(): void {
    this.call.cancelWithStatus(grpc.status.CANCELLED, 'cancelled by the client');
  }

  private end(ending: Ending): void {
    if (this.ending) return;
    this.ending = ending;
    for (const forget of this.forgetSignals) forget();
    this.stopRequests();
    this.resume?.();
    for (const reader of this.readers.splice(0)) {
      if (ending.failed) reader.reject(ending.failure);
      else reader.resolve(DONE);
    }
  }

  private stopRequests(): void {
    // The call has ended, so a failure of the clean-up cannot change its ending. `stop` is async because `stop()` of the source may
    // throw at once.
    const stop = async () => this.source?.stop();
    stop().catch(() => {});
  }

  private unusable(message: string, verb: string, cause: unknown): StatusError {
    const reason = cause instanceof Error ? cause.message : inspect(cause);
    return new StatusError(
      grpc.status.INTERNAL,
      `${message} of ${this.method.path} does not ${verb}: ${reason}`,
      {
        cause,
      },
    );
  }
}
