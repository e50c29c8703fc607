// Finds gRPC messages in the payloads of DATA frames:
// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md

const PREFIX = 5;
const NOTHING: Buffer = Buffer.alloc(0);
/** How much of a message is kept to be shown. */
const KEPT = 2048;

/** Bytes that all readers of a tap may keep together. */
export interface Budget {
  left: number;
}

export interface FoundMessage {
  readonly compressed: boolean;
  readonly length: number;
  readonly frames: readonly [number, number];
  /** The beginning of it, at most 2 KiB. Its bytes are overwritten by the next message. */
  readonly beginning: Buffer;
}

/** The messages of one side of a stream. It keeps only the beginning of each. */
export class MessageReader {
  readonly #found: (message: FoundMessage) => void;
  readonly #budget: Budget;
  readonly #prefix = Buffer.alloc(PREFIX);
  #prefixBytes = 0;
  #firstFrame = 0;
  #length = 0;
  #missing = 0;
  /** Where the beginning of an incomplete message is kept, one after the other; undefined if there was none, or no room. */
  #kept: Buffer | undefined;

  constructor(budget: Budget, found: (message: FoundMessage) => void) {
    this.#budget = budget;
    this.#found = found;
  }

  /**
   * Takes these bytes of a chunk.
   *
   * @throws Error if a message does not begin as messages do; nothing behind it can be found then
   */
  push(chunk: Buffer, start: number, end: number, frame: number): void {
    let at = start;
    while (at < end) {
      if (this.#prefixBytes < PREFIX) {
        at = this.#pushPrefix(chunk, at, end, frame);
        continue;
      }
      const partEnd = Math.min(end, at + this.#missing);
      const from = this.#length - this.#missing;
      this.#missing -= partEnd - at;
      if (this.#missing === 0) this.#complete(chunk, at, partEnd, frame);
      else this.#keep(chunk, at, partEnd, from);
      at = partEnd;
    }
  }

  /** No more will come: gives back what is kept. */
  close(): void {
    this.#budget.left += this.#kept?.length ?? 0;
    this.#kept = undefined;
  }

  #pushPrefix(chunk: Buffer, start: number, end: number, frame: number): number {
    if (this.#prefixBytes === 0) this.#firstFrame = frame;
    let at = start;
    while (at < end && this.#prefixBytes < PREFIX) this.#prefix[this.#prefixBytes++] = chunk[at++] ?? 0;
    if (this.#prefixBytes < PREFIX) return at;
    const flag = this.#prefix.readUInt8(0);
    if (flag > 1) throw new Error(`not a gRPC message: it begins with ${this.#prefix.toString('hex')}`);
    this.#length = this.#missing = this.#prefix.readUInt32BE(1);
    if (this.#length === 0) this.#complete(chunk, at, at, frame);
    return at;
  }

  /** Keeps a part of a message, if it is in its beginning. */
  #keep(chunk: Buffer, start: number, end: number, from: number): void {
    if (from >= KEPT) return;
    if (from === 0 && !this.#kept && this.#budget.left >= KEPT) {
      this.#budget.left -= KEPT;
      this.#kept = Buffer.allocUnsafeSlow(KEPT);
    }
    if (this.#kept) chunk.copy(this.#kept, from, start, end);
  }

  #complete(chunk: Buffer, start: number, end: number, frame: number): void {
    this.#prefixBytes = 0;
    this.#found({
      compressed: this.#prefix.readUInt8(0) === 1,
      length: this.#length,
      frames: [this.#firstFrame, frame],
      beginning: this.#beginning(chunk, start, end),
    });
  }

  /** @param start where the last part is; it may be the whole message */
  #beginning(chunk: Buffer, start: number, end: number): Buffer {
    const from = this.#length - (end - start);
    if (from === 0) return chunk.subarray(start, Math.min(end, start + KEPT));
    this.#keep(chunk, start, end, from);
    return this.#kept?.subarray(0, this.#length) ?? NOTHING;
  }
}
