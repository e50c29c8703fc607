import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { decompress, tooLarge } from './compression.ts';
import type { Connection } from './connection.ts';
import {
  isGrpc,
  isRefusal,
  metadataOf,
  statusInTrailers,
  statusOf,
  statusOfHttp,
  statusOfReset,
} from './ending.ts';
import { MessageReader } from './message-reader.ts';

/** The owner of an exchange gets what arrives on its stream. */
export interface ExchangeOwner {
  onHeaders(headers: Metadata): void;
  onMessage(message: Buffer): void;
  /** Everything has arrived. It may still be unread. */
  onArrived(): void;
  /**
   * The last event, after all messages that arrived.
   *
   * @param unprocessed whether the server certainly did not process the call
   */
  onEnd(status: StatusObject, unprocessed: boolean): void;
}

// How many bytes wait here before the stream is paused. After that the server may still send the bytes of the window.
const READ_AHEAD = 16 * 1024;

// Turns of the event loop in which a connection is found broken whose streams were reset before. A Node server that destroys
// a session resets the streams first.
const TURNS_TO_BREAK = 3;

// #region reset
/**
 * Resets a stream with RST_STREAM INTERNAL_ERROR and nothing before it.
 *
 * gRPC names the code CANCEL. Node has two ways to send CANCEL. `close` writes END_STREAM first, so the request looks complete.
 * After an aborted `signal`, a Node server ends its request stream as if it were complete. With INTERNAL_ERROR a Node server
 * throws. Servers in other languages treat both codes in the same way.
 */
const RESET = new Error('the call is over');
// #endregion reset

/** One HTTP/2 stream of a call: the messages that arrive on it, and how it ends. */
export class Exchange {
  readonly stream: ClientHttp2Stream;
  private readonly connection: Connection;
  private readonly owner: ExchangeOwner;
  private readonly limit: number;
  private readonly reader = new MessageReader();
  private encoding = 'identity';
  /** How many messages the owner still waits for. */
  wanted = 0;
  private delivering = false;
  private decompressing = false;
  private answered = false;
  /** How the call ends, when this is known. The owner gets it after the messages. */
  private ending: StatusObject | undefined;
  private unprocessed = false;
  private over = false;

  constructor(stream: ClientHttp2Stream, connection: Connection, limit: number, owner: ExchangeOwner) {
    this.stream = stream;
    this.connection = connection;
    this.limit = limit;
    this.owner = owner;
    stream.on('response', (headers, flags) => this.receiveHeaders(headers, flags));
    stream.on('data', this.receive);
    stream.on('trailers', (trailers) => this.receiveTrailers(trailers));
    // 'close' follows, and everything is known then.
    stream.on('error', () => {});
    stream.on('close', () => {
      if (!this.ending && !this.over) void this.explainClose();
    });
    // If the server ends its side without a status while requests are still being sent, 'close' does not come. A stream that
    // was reset ends, too, but it is closed by then.
    stream.on('end', () =>
      setImmediate(() => {
        if (!stream.closed) this.finish(statusOfReset(constants.NGHTTP2_NO_ERROR));
      }),
    );
  }

  /** Asks for one more message. */
  read(): void {
    this.wanted++;
    this.deliver();
  }

  /** Resets the stream. Its owner gets no more events. */
  abandon(): void {
    this.over = true;
    this.reader.clear();
    this.reset();
  }

  /**
   * Resets in a separate turn of the event loop. The events of a stream run inside of nghttp2. With any code other than CANCEL, a
   * reset from there makes Node call nghttp2 again. This frees memory twice and can abort the process
   * (https://github.com/nodejs/node/issues/38964).
   */
  private reset(): void {
    setImmediate(() => this.stream.destroy(RESET));
  }

  private receiveHeaders(headers: IncomingHttpHeaders, flags: number): void {
    if (this.over) return;
    this.answered = true;
    if (!isGrpc(headers)) {
      this.finish(statusOfHttp(headers));
      // The body is a page for people. It may be long.
      this.reset();
    } else if (flags & constants.NGHTTP2_FLAG_END_STREAM) {
      this.finish(statusInTrailers(headers));
    } else {
      this.encoding = String(headers['grpc-encoding'] ?? 'identity');
      this.owner.onHeaders(metadataOf(headers));
    }
  }

  private readonly receive = (chunk: Buffer): void => {
    if (this.over) return;
    this.reader.push(chunk);
    this.deliver();
  };

  private receiveTrailers(trailers: IncomingHttpHeaders): void {
    this.finish(statusInTrailers(trailers));
  }

  /** Ends a call whose stream has closed without a status. */
  private async explainClose(): Promise<void> {
    const { connection, stream } = this;
    for (let turn = 0; turn < TURNS_TO_BREAK && connection.lost === undefined; turn++) await nextTurn();
    if (this.over) return;
    const code = stream.rstCode ?? constants.NGHTTP2_NO_ERROR;
    const { lost } = connection;
    // If the connection broke, the code of the stream comes from Node and not from the server.
    const refused = lost === undefined && isRefusal(code);
    this.unprocessed = !this.answered && (refused || stream.id === undefined || connection.disowned(stream));
    this.finish(
      lost === undefined
        ? statusOfReset(code)
        : statusOf(status.UNAVAILABLE, `connection to ${connection.peer} lost: ${lost}`),
    );
  }

  // #region finish
  /** Ends the exchange: the ending is known, and nothing more will arrive. */
  private finish(ending: StatusObject): void {
    if (this.ending || this.over) return;
    // Read what has arrived, because the next lines may discard it.
    this.stream.off('data', this.receive);
    for (let chunk = this.stream.read(); chunk !== null; chunk = this.stream.read()) this.reader.push(chunk);
    this.ending = ending;
    // If requests are still being sent, the server does not read them any more.
    if (this.stream.writableFinished) this.stream.resume();
    else this.reset();
    if (!this.unprocessed) this.owner.onArrived();
    this.deliver();
  }
  // #endregion finish

  private deliver(): void {
    if (this.delivering) return;
    this.delivering = true;
    try {
      while (this.wanted > 0 && !this.decompressing && !this.over && this.deliverNext());
    } finally {
      this.delivering = false;
    }
    if (this.ending) this.endWhenRead();
    else this.holdBack();
  }

  /** @returns whether there was a message */
  private deliverNext(): boolean {
    if ((this.reader.length ?? 0) > this.limit) {
      this.fail(tooLarge(this.reader.length ?? 0, this.limit));
      return false;
    }
    const message = this.reader.next();
    if (!message) return false;
    this.wanted--;
    if (message.flag === 0) this.owner.onMessage(message.body);
    else if (message.flag === 1) this.deliverDecompressed(message.body);
    else this.fail(statusOf(status.INTERNAL, `a message begins with ${message.flag}, which is not 0 or 1`));
    return true;
  }

  private deliverDecompressed(body: Buffer): void {
    this.decompressing = true;
    decompress(body, this.encoding, this.limit, (failure, message) => {
      this.decompressing = false;
      if (this.over) return;
      if (message) this.owner.onMessage(message);
      else if (failure) this.fail(failure);
      this.deliver();
    });
  }

  // #region flow
  /** Pauses the stream while a whole message waits, so that the server must wait, too. */
  private holdBack(): void {
    const { reader, stream, limit } = this;
    const { length } = reader;
    const waits = length !== undefined && (length > limit || reader.whole);
    if (waits && reader.bytes >= READ_AHEAD) stream.pause();
    else if (stream.isPaused()) stream.resume();
  }
  // #endregion flow

  private endWhenRead(): void {
    const { ending, reader } = this;
    if (!ending || this.over || this.decompressing || reader.whole) return;
    if ((reader.length ?? 0) > this.limit) {
      this.fail(tooLarge(reader.length ?? 0, this.limit));
      return;
    }
    this.over = true;
    const cut = reader.bytes > 0 && ending.code === status.OK;
    this.owner.onEnd(
      cut ? statusOf(status.INTERNAL, 'the server ended the stream in the middle of a message') : ending,
      this.unprocessed,
    );
  }

  private fail(failure: StatusObject): void {
    if (this.over) return;
    this.abandon();
    this.owner.onEnd(failure, false);
  }
}
