// Corrects faults of grpc-js's own channel, for clients that need its name resolution or load balancing. http2-channel does not
// have these faults.
import * as grpc from '@grpc/grpc-js';

type Call = ReturnType<grpc.ChannelInterface['createCall']>;
type Listener = Parameters<Call['start']>[1];
type MessageContext = Parameters<Call['sendMessageWithContext']>[0];

/**
 * Channel options for clients that stream.
 *
 * By default grpc-js copies the first MiB of every request stream into a buffer for retries. Until the buffer is full, the
 * writer does not wait. After that every message copies the rest of the buffer: 200,000 tiny messages take a minute in place
 * of a second. It is also unknown whether a message in the buffer was sent, and a cancel must know that. Without the buffer
 * nothing is sent twice, and the retries of a service config have no effect: the caller must repeat a call that fails.
 */
export const streamingChannelOptions: grpc.ChannelOptions = { 'grpc.per_rpc_retry_buffer_size': 0 };

/** A request that no parser of protobuf or JSON accepts: a number that is cut off. */
const UNREADABLE = Buffer.from([0xff]);
// How long a cancel waits until the requests before it are sent, in milliseconds and in turns of the event loop. A busy process
// needs time, but few turns. It waits this long only if there is no connection yet, or if flow control stops the requests.
// Flow control then stops the false end as well.
const FLUSH_PERIOD = 100;
const FLUSH_TURNS = 10;
// In bytes. This is what one HTTP/2 stream may send before it is read.
const READ_AHEAD = 64 * 1024;
// The flag and the length before a message. Flow control counts them, too.
const PREFIX = 5;
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A channel of grpc-js whose calls end correctly:
 *
 * - A cancel never looks like a half-close. grpc-js ends its side of the stream before it resets it, because Node's `close`
 *   does. So a request that no server can read is sent before that false end.
 * - Responses before an error are not lost. When a call fails, grpc-js drops unread responses. So 64 KiB are read ahead. A
 *   slower reader can lose the rest.
 * - An early answer stays OK. grpc-js turns it into INTERNAL if a request is on its way when the server's OK arrives.
 *
 * A cancel by grpc-js itself cannot be corrected: that of a message above its size limit.
 */
export function guarded(channel: grpc.ChannelInterface): grpc.ChannelInterface {
  return {
    close: () => channel.close(),
    getTarget: () => channel.getTarget(),
    getConnectivityState: (tryToConnect) => channel.getConnectivityState(tryToConnect),
    watchConnectivityState: (known, deadline, callback) =>
      channel.watchConnectivityState(known, deadline, callback),
    getChannelzRef: () => channel.getChannelzRef(),
    createCall(method, deadline, host, parent, flags) {
      // grpc-js does not get the deadline, because it would cancel by itself.
      const call = channel.createCall(method, Number.POSITIVE_INFINITY, host, parent, flags);
      return new GuardedCall(call, Number(deadline));
    },
  };
}

class GuardedCall implements Call {
  private readonly call: Call;
  private readonly deadline: number;
  private listener: Listener | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** The last request is not written yet. */
  private writing = false;
  /** Called when the request that is being written is written. */
  private afterWriting: (() => void) | undefined;
  private halfClosed = false;
  private readonly unread: Buffer[] = [];
  private unreadBytes = 0;
  private reading = false;
  /** How many responses the reader still waits for. */
  private wanted = 0;
  private responses = 0;
  private status: grpc.StatusObject | undefined;
  private over = false;

  constructor(call: Call, deadline: number) {
    this.call = call;
    this.deadline = deadline;
  }

  start(metadata: grpc.Metadata, listener: Listener): void {
    this.listener = listener;
    const headers = metadata.clone();
    const left = Math.ceil(this.deadline - Date.now());
    if (left <= LONGEST_TIMER) {
      headers.set('grpc-timeout', timeoutText(Math.max(left, 1)));
      this.timer = setTimeout(
        () => this.cancelWithStatus(grpc.status.DEADLINE_EXCEEDED, 'deadline exceeded'),
        left,
      );
    }
    this.call.start(headers, {
      onReceiveMetadata: (received) => listener.onReceiveMetadata(received),
      onReceiveMessage: (message: Buffer) => this.receive(message),
      onReceiveStatus: (status) => this.receiveStatus(status),
    });
    this.readAhead();
  }

  sendMessageWithContext(context: MessageContext, message: Buffer): void {
    this.writing = true;
    const callback = (error?: Error | null) => {
      this.writing = false;
      this.afterWriting?.();
      context.callback?.(error);
    };
    this.call.sendMessageWithContext({ ...context, callback }, message);
  }

  halfClose(): void {
    this.whenWritten(() => {
      this.halfClosed = true;
      this.call.halfClose();
    });
  }

  startRead(): void {
    this.wanted++;
    this.deliver();
  }

  cancelWithStatus(code: grpc.status, details: string): void {
    if (this.over) return;
    this.cancelUnfinished();
    this.unread.length = 0;
    this.status = { code, details, metadata: new grpc.Metadata() };
    process.nextTick(() => this.deliver());
  }

  getPeer(): string {
    return this.call.getPeer();
  }
  getCallNumber(): number {
    return this.call.getCallNumber();
  }
  setCredentials(credentials: grpc.CallCredentials): void {
    this.call.setCredentials(credentials);
  }
  getAuthContext(): ReturnType<Call['getAuthContext']> {
    return this.call.getAuthContext();
  }

  private whenWritten(act: () => void): void {
    if (this.writing) this.afterWriting = act;
    else act();
  }

  private cancelUnfinished(): void {
    const cancel = () => this.call.cancelWithStatus(grpc.status.CANCELLED, 'cancelled');
    if (this.halfClosed) {
      cancel();
      return;
    }
    const timer = setTimeout(afterTurns, FLUSH_PERIOD, FLUSH_TURNS, cancel);
    const callback = () => {
      clearTimeout(timer);
      cancel();
    };
    this.whenWritten(() => this.call.sendMessageWithContext({ callback }, UNREADABLE));
  }

  private receive(message: Buffer): void {
    this.reading = false;
    this.responses++;
    if (this.status) return;
    this.unread.push(message);
    this.unreadBytes += PREFIX + message.length;
    this.deliver();
    this.readAhead();
  }

  private receiveStatus(status: grpc.StatusObject): void {
    this.status ??= this.isWriteAfterAnswer(status)
      ? { ...status, code: grpc.status.OK, details: '' }
      : status;
    this.deliver();
  }

  /**
   * Whether grpc-js turned an OK into this failure: a request was on its way when the server's answer ended the stream. Only
   * OK can be overwritten in this way (`endCall` in its subchannel-call.ts).
   */
  private isWriteAfterAnswer({ code, details }: grpc.StatusObject): boolean {
    return this.responses > 0 && code === grpc.status.INTERNAL && details === 'Write error: write after end';
  }

  private readAhead(): void {
    if (this.reading || this.status || this.unreadBytes >= READ_AHEAD) return;
    this.reading = true;
    this.call.startRead();
  }

  private deliver(): void {
    while (this.wanted > 0 && this.unread.length > 0 && !this.over) {
      const message = this.unread.shift() as Buffer;
      this.wanted--;
      this.unreadBytes -= PREFIX + message.length;
      this.listener?.onReceiveMessage(message);
    }
    if (this.status && this.unread.length === 0 && !this.over) {
      this.over = true;
      clearTimeout(this.timer);
      this.listener?.onReceiveStatus(this.status);
    } else {
      this.readAhead();
    }
  }
}

function afterTurns(turns: number, act: () => void): void {
  if (turns === 0) act();
  else setImmediate(afterTurns, turns - 1, act);
}

/** At most 8 digits and a unit (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). */
function timeoutText(milliseconds: number): string {
  return milliseconds < 1e8 ? `${milliseconds}m` : `${Math.ceil(milliseconds / 1000)}S`;
}
