import type { ClientHttp2Stream } from 'node:http2';
import { throwLater } from './throw-later.ts';

const PREFIX = 5;
// The messages of a call are written when this many bytes wait, or when the ready promises have run.
const BATCH = 16 * 1024;
// How many bytes may wait for the server's flow control. It is large enough that large messages do not cause pauses.
const QUEUE = 128 * 1024;
// Requests are kept up to this size, so that they can be sent again if the server did not process the call.
const KEPT = 64 * 1024;

interface OutgoingMessage {
  readonly compressed: boolean;
  readonly body: Uint8Array;
}

/**
 * Writes the messages of a call to its stream.
 *
 * The messages of one turn of the event loop are written together. One write for each message would cost more than everything
 * else.
 */
export class MessageWriter {
  private stream: ClientHttp2Stream | undefined;
  private batch: OutgoingMessage[] = [];
  private batchBytes = 0;
  private scheduled = false;
  private ended = false;
  private stopped = false;
  private onAccepted: (() => void) | undefined;
  private kept: Buffer[] | undefined = [];
  private keptBytes = 0;

  /**
   * Sends a message, unless the call is over or half-closed.
   *
   * @param accepted called when the next message may be sent
   */
  send(body: Uint8Array, compressed: boolean, accepted: () => void): void {
    if (this.stopped || this.ended) {
      // Not at once: a loop that always has the next message would run for ever, and the status of the call would never arrive.
      setImmediate(tell, accepted);
      return;
    }
    this.batch.push({ compressed, body });
    this.batchBytes += PREFIX + body.length;
    if (this.batchBytes >= BATCH) this.flush();
    else this.schedule();
    if (this.isFull) this.onAccepted = accepted;
    else tell(accepted);
  }

  /** Half-closes after the messages that were sent. */
  end(): void {
    this.ended = true;
    this.schedule();
  }

  /** Sends all messages to this stream from now on, beginning with those that an earlier stream got. */
  attach(stream: ClientHttp2Stream): void {
    this.stream = stream;
    for (const chunk of this.kept ?? []) stream.write(chunk);
    this.flush();
    this.accept();
  }

  /** Whether all requests so far are kept, and can be sent again. */
  get repeatable(): boolean {
    return this.kept !== undefined;
  }

  /** The server has begun to answer. From now on nothing is sent again. */
  forget(): void {
    this.kept = undefined;
  }

  /** Stops sending. A sender that waits continues. */
  stop(): void {
    this.stopped = true;
    this.stream = undefined;
    this.batch = [];
    this.batchBytes = 0;
    this.forget();
    this.accept();
  }

  private get isFull(): boolean {
    return this.batchBytes >= BATCH || (this.stream?.writableLength ?? 0) >= QUEUE;
  }

  private readonly accept = (): void => {
    if (this.isFull && !this.stopped) return;
    const { onAccepted } = this;
    this.onAccepted = undefined;
    if (onAccepted) tell(onAccepted);
  };

  // #region batch
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // A loop that sends runs inside promises. A tick that is set there runs after all promises that are ready. So by then the loop has
    // sent everything that it can.
    process.nextTick(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    const { stream } = this;
    if (!stream || stream.destroyed || stream.writableEnded) return;
    const chunk = this.takeBatch();
    if (chunk) this.keep(chunk);
    if (this.ended) stream.end(chunk);
    else if (chunk) stream.write(chunk, this.accept);
  }
  // #endregion batch

  private takeBatch(): Buffer | undefined {
    const { batch } = this;
    if (batch.length === 0) return undefined;
    const chunk = Buffer.allocUnsafe(this.batchBytes);
    let at = 0;
    for (const { compressed, body } of batch) {
      chunk[at] = compressed ? 1 : 0;
      chunk.writeUInt32BE(body.length, at + 1);
      chunk.set(body, at + PREFIX);
      at += PREFIX + body.length;
    }
    this.batch = [];
    this.batchBytes = 0;
    return chunk;
  }

  private keep(chunk: Buffer): void {
    if (!this.kept) return;
    this.keptBytes += chunk.length;
    if (this.keptBytes > KEPT) this.kept = undefined;
    else this.kept.push(chunk);
  }
}

function tell(accepted: () => void): void {
  try {
    accepted();
  } catch (error) {
    throwLater(error);
  }
}
