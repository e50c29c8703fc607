import type { OutgoingHttpHeaders } from 'node:http2';
import { inspect } from 'node:util';
import {
  type CallCredentials,
  type ChannelInterface,
  Metadata,
  propagate,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import { acceptedEncodings, compress, tooLarge } from './compression.ts';
import type { Connection } from './connection.ts';
import { atDeadline, timeoutText } from './deadline.ts';
import { statusOf } from './ending.ts';
import { Exchange, type ExchangeOwner } from './exchange.ts';
import { MessageWriter } from './message-writer.ts';
import { throwLater } from './throw-later.ts';

/** A grpc-js call, as its clients and interceptors use it. */
export type Call = ReturnType<ChannelInterface['createCall']>;
type Listener = Parameters<Call['start']>[1];
type MessageContext = Parameters<Call['sendMessageWithContext']>[0];
type ParentCall = Parameters<ChannelInterface['createCall']>[3];

/** The part of a channel that a call uses. */
export interface CallChannel {
  readonly target: string;
  readonly scheme: 'http' | 'https';
  readonly authority: string;
  readonly userAgent: string;
  readonly compression: 'gzip' | 'deflate' | undefined;
  readonly maxReceiveMessageLength: number;
  readonly maxSendMessageLength: number;
  readonly callCredentials: CallCredentials | undefined;
  /** Whether nobody else can read the messages: with TLS, or if the server is on this machine. */
  readonly confidential: boolean;
  /** Called when the call starts. If the channel was closed, it calls `fail` of the call. */
  enter(call: ChannelCall): void;
  /** Calls `run` of the call when there is a connection with room, or `fail`. */
  assign(call: ChannelCall): void;
  /** Called when a call that entered is over. */
  leave(call: ChannelCall): void;
  /** Why a call has to wait, as text for people. */
  obstacle(): string;
  nextCallNumber(): number;
}

const ignore = () => {};
// How many times a call is sent again after a server refused it. An overloaded server must not get the same call several times.
const REFUSALS = 1;
// The same if the server is closing the connection. Then the next connection may work, but several may be closing in turn.
const REFUSALS_OF_LEAVING = 5;

/** WriteFlags.NoCompress of grpc-js. */
const NO_COMPRESS = 2;

/** One call of a channel. It waits for a connection, exchanges messages on a stream, and ends with a status. */
export class ChannelCall implements Call, ExchangeOwner {
  private readonly channel: CallChannel;
  private readonly method: string;
  private readonly host: string;
  private readonly number: number;
  private readonly writer = new MessageWriter();
  private deadline: number;
  private credentials: CallCredentials | undefined;
  private metadata = new Metadata();
  private listener: Listener | undefined;
  private cancelTimer = () => {};
  private forgetParent = () => {};
  private exchange: Exchange | undefined;
  private connection: Connection | undefined;
  /** How many messages the client asked for before there was a stream. */
  private wanted = 0;
  private compressing: Promise<void> | undefined;
  private refusals = 0;
  private left = false;
  private ending: StatusObject | undefined;

  constructor(channel: CallChannel, method: string, deadline: number, host: string | null | undefined) {
    this.channel = channel;
    this.method = method;
    this.deadline = deadline;
    this.host = host ?? channel.authority;
    this.number = channel.nextCallNumber();
    this.credentials = channel.callCredentials;
  }

  /** Makes this call end with a call that a server is answering, as `flags` say. */
  follow(parent: NonNullable<ParentCall>, flags: number): void {
    if (flags & propagate.DEADLINE) this.deadline = Math.min(this.deadline, Number(parent.getDeadline()));
    if (!(flags & propagate.CANCELLATION)) return;
    const cancel = () => this.cancelWithStatus(status.CANCELLED, 'the parent call was cancelled');
    if (parent.cancelled) {
      cancel();
      return;
    }
    parent.once('cancelled', cancel);
    this.forgetParent = () => parent.off('cancelled', cancel);
  }

  get waitsForReady(): boolean {
    return this.metadata.getOptions().waitForReady ?? false;
  }

  // Called by grpc-js

  start(metadata: Metadata, listener: Listener): void {
    this.metadata = metadata.clone();
    this.listener = listener;
    if (this.ending) {
      this.tell(this.ending);
      return;
    }
    this.channel.enter(this);
    if (Number.isNaN(this.deadline)) this.cancelWithStatus(status.INTERNAL, 'the deadline is not a time');
    if (this.deadline <= Date.now())
      this.cancelWithStatus(status.DEADLINE_EXCEEDED, 'the deadline passed before the call');
    if (this.ending) return;
    this.cancelTimer = atDeadline(this.deadline, () =>
      this.cancelWithStatus(status.DEADLINE_EXCEEDED, this.whatTimedOut()),
    );
    if (this.credentials) void this.addCredentials(this.credentials);
    else this.channel.assign(this);
  }

  sendMessageWithContext(context: MessageContext, message: Buffer): void {
    const { callback: accepted = ignore, flags = 0 } = context;
    const { compression, maxSendMessageLength } = this.channel;
    if (message.length > maxSendMessageLength) {
      const { code, details } = tooLarge(message.length, maxSendMessageLength);
      this.cancelWithStatus(code, details);
      accepted();
    } else if (compression && !(flags & NO_COMPRESS)) {
      this.sendCompressed(message, compression, accepted);
    } else if (this.compressing) {
      this.afterCompressed(() => this.writer.send(message, false, accepted));
    } else {
      this.writer.send(message, false, accepted);
    }
  }

  halfClose(): void {
    this.afterCompressed(() => this.writer.end());
  }

  startRead(): void {
    if (this.exchange) this.exchange.read();
    else this.wanted++;
  }

  cancelWithStatus(code: status, details: string): void {
    this.fail(statusOf(code, details));
  }

  getPeer(): string {
    return this.connection?.peer ?? this.channel.target;
  }

  getCallNumber(): number {
    return this.number;
  }

  setCredentials(credentials: CallCredentials): void {
    this.credentials = this.credentials ? this.credentials.compose(credentials) : credentials;
  }

  getAuthContext(): ReturnType<Call['getAuthContext']> {
    const socket = this.connection?.tls;
    if (!socket) return null;
    return { transportSecurityType: 'ssl', sslPeerCertificate: socket.getPeerCertificate() };
  }

  // Called by the channel

  /** Sends the request on a stream of this connection. */
  run(connection: Connection): void {
    this.connection = connection;
    try {
      const stream = connection.request(this.headers());
      this.exchange = new Exchange(stream, connection, this.channel.maxReceiveMessageLength, this);
      this.writer.attach(stream);
    } catch (error) {
      // The headers are too large, or HTTP/2 does not allow them.
      this.fail(statusOf(status.INTERNAL, `the call cannot be sent: ${(error as Error).message}`));
      return;
    }
    for (; this.wanted > 0; this.wanted--) this.exchange.read();
  }

  /** Ends the call from this side. */
  fail(failure: StatusObject): void {
    if (this.ending) return;
    this.exchange?.abandon();
    this.end(failure);
  }

  // Called by the stream

  onHeaders(headers: Metadata): void {
    this.writer.forget();
    try {
      this.listener?.onReceiveMetadata(headers);
    } catch (error) {
      throwLater(error);
    }
  }

  onMessage(message: Buffer): void {
    try {
      this.listener?.onReceiveMessage(message);
    } catch (error) {
      throwLater(error);
    }
  }

  onEnd(ending: StatusObject, unprocessed: boolean): void {
    const most = this.connection?.usable ? REFUSALS : REFUSALS_OF_LEAVING;
    if (!unprocessed || !this.writer.repeatable || this.refusals >= most || this.ending) {
      this.end(ending);
      return;
    }
    // The server did not process the call, and all of its requests are still here.
    this.refusals++;
    this.wanted = this.exchange?.wanted ?? 0;
    this.exchange = undefined;
    this.channel.assign(this);
  }

  onArrived(): void {
    this.leave();
  }

  /** The call does not need its channel any more, even if its responses are never read. */
  private leave(): void {
    if (this.left) return;
    this.left = true;
    this.channel.leave(this);
  }

  private end(ending: StatusObject): void {
    if (this.ending) return;
    this.ending = ending;
    this.cancelTimer();
    this.forgetParent();
    this.writer.stop();
    // A call that ends before its start reports the status when it starts.
    if (!this.listener) return;
    this.leave();
    this.tell(ending);
  }

  private tell(ending: StatusObject): void {
    process.nextTick(() => this.listener?.onReceiveStatus(ending));
  }

  private headers(): OutgoingHttpHeaders {
    const { scheme, userAgent, compression } = this.channel;
    const headers: OutgoingHttpHeaders = {
      ...this.metadata.toHttp2Headers(),
      ':method': 'POST',
      ':scheme': scheme,
      ':authority': this.host,
      ':path': this.method,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': userAgent,
      'grpc-accept-encoding': acceptedEncodings,
    };
    if (compression) headers['grpc-encoding'] = compression;
    const timeout = timeoutText(this.deadline - Date.now());
    if (timeout) headers['grpc-timeout'] = timeout;
    return headers;
  }

  private async addCredentials(credentials: CallCredentials): Promise<void> {
    const { confidential, target } = this.channel;
    if (!confidential) {
      this.fail(statusOf(status.UNAUTHENTICATED, `call credentials are not sent to ${target} without TLS`));
      return;
    }
    try {
      const service = this.method.slice(0, this.method.lastIndexOf('/'));
      const service_url = `https://${this.host.replace(/:\d+$/, '')}${service}`;
      this.metadata.merge(await credentials.generateMetadata({ method_name: this.method, service_url }));
    } catch (error) {
      const details = `no credentials for the call: ${error instanceof Error ? error.message : inspect(error)}`;
      this.fail(statusOf(status.UNAUTHENTICATED, details));
      return;
    }
    if (!this.ending) this.channel.assign(this);
  }

  private sendCompressed(message: Buffer, encoding: 'gzip' | 'deflate', accepted: () => void): void {
    const before = this.compressing ?? Promise.resolve();
    const compressing = before
      .then(() => compress(message, encoding))
      .then(
        (body) => this.writer.send(body, true, accepted),
        (error: Error) => {
          this.cancelWithStatus(status.INTERNAL, `a message cannot be compressed: ${error.message}`);
          accepted();
        },
      );
    this.compressing = compressing;
  }

  /** Runs `act` after the messages that are being compressed, so that messages keep their order. */
  private afterCompressed(act: () => void): void {
    if (this.compressing) this.compressing = this.compressing.then(act);
    else act();
  }

  private whatTimedOut(): string {
    const missing = this.exchange ? `${this.getPeer()} has not finished its answer` : this.channel.obstacle();
    return `deadline exceeded: ${missing}`;
  }
}
