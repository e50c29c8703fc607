// grpc-js's own channel, for those who need its name resolution and load balancing, and all that it needs to be right.
// http2-channel needs none of it.
import * as grpc from '@grpc/grpc-js';

type Call = ReturnType<grpc.ChannelInterface['createCall']>;
type Listener = Parameters<Call['start']>[1];
type MessageContext = Parameters<Call['sendMessageWithContext']>[0];

/**
 * Channel options for clients that stream.
 *
 * By default grpc-js copies the first MiB of every request stream into a buffer for retries. There it does
 * not hold the writer back, and past it every message copies what is left of the buffer: 200,000 tiny
 * messages take a minute instead of a second. Nor is it known of a message in the buffer whether it was sent,
 * which a cancel has to know. Without the buffer nothing is sent twice, and the retries of a service config do nothing
 * for any call of the channel: a call that fails is the caller's to repeat.
 */
export const streamingChannelOptions: grpc.ChannelOptions = { 'grpc.per_rpc_retry_buffer_size': 0 };

/** A request that no protobuf parser, nor JSON's, takes for a message: a number that breaks off. */
const UNREADABLE = Buffer.from([0xff]);
// How long a cancel waits for the requests before it to be sent, in milliseconds, and in turns of the event loop:
// a process that is busy needs time, but few turns. It takes that long only when there is no connection yet, or
// flow control holds the requests back, and what is held back holds back a false end as well.
const FLUSH_PERIOD = 100;
const FLUSH_TURNS = 10;
// In bytes: as much as one HTTP/2 stream may send before it is read.
const READ_AHEAD = 64 * 1024;
// A message's compressed flag and length, which flow control counts too.
const PREFIX = 5;
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A channel of grpc-js whose calls end as they should:
 *
 * - A cancel never looks like a half-close. grpc-js ends its side of the stream before it resets it (Node's `close`
 *   does), so a request that nobody can read goes ahead of that false end, and a half-close waits for all before it.
 * - Responses are not lost to the status behind them. grpc-js drops what it holds unread when a call fails, so
 *   64 KiB are read ahead. A reader that is further behind can lose the rest.
 * - An answer stands. grpc-js calls it INTERNAL when a request is on its way while the server's OK arrives.
 *
 * What grpc-js cancels by itself cannot be guarded: a request or a response above its size limit.
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
      // grpc-js knows nothing of the deadline: it would cancel by itself.
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
  /** What follows the request that is being written. */
  private afterWriting: (() => void) | undefined;
  private halfClosed = false;
  private readonly unread: Buffer[] = [];
  private unreadBytes = 0;
  private reading = false;
  /** How many responses were asked for and not given. */
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
   * Whether grpc-js made this failure of an OK: a request was on its way through it when the server's answer ended
   * the stream. No other status than OK can be overwritten like that (`endCall` in its subchannel-call.ts).
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
