// Finds gRPC messages in the payloads of DATA frames:
// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md

const PREFIX = 5;
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

  /** @throws Error if a message does not begin as messages do; nothing behind it can be found then */
  push(chunk: Buffer, frame: number): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#prefixBytes < PREFIX) {
        rest = this.#pushPrefix(rest, frame);
        continue;
      }
      const at = this.#length - this.#missing;
      const part = rest.subarray(0, this.#missing);
      this.#missing -= part.length;
      if (this.#missing === 0) this.#complete(part, frame);
      else this.#keep(part, at);
      rest = rest.subarray(part.length);
    }
  }

  /** No more will come: gives back what is kept. */
  close(): void {
    this.#budget.left += this.#kept?.length ?? 0;
    this.#kept = undefined;
  }

  #pushPrefix(rest: Buffer, frame: number): Buffer {
    if (this.#prefixBytes === 0) this.#firstFrame = frame;
    const used = rest.copy(this.#prefix, this.#prefixBytes, 0, PREFIX - this.#prefixBytes);
    this.#prefixBytes += used;
    if (this.#prefixBytes === PREFIX) {
      const flag = this.#prefix.readUInt8(0);
      if (flag > 1) throw new Error(`not a gRPC message: it begins with ${this.#prefix.toString('hex')}`);
      this.#length = this.#missing = this.#prefix.readUInt32BE(1);
      if (this.#length === 0) this.#complete(Buffer.alloc(0), frame);
    }
    return rest.subarray(used);
  }

  #keep(part: Buffer, at: number): void {
    if (at === 0 && !this.#kept && this.#budget.left >= KEPT) {
      this.#budget.left -= KEPT;
      this.#kept = Buffer.allocUnsafeSlow(KEPT);
    }
    if (this.#kept && at < KEPT) part.copy(this.#kept, at);
  }

  #complete(last: Buffer, frame: number): void {
    const at = this.#length - last.length;
    if (at > 0) this.#keep(last, at);
    const kept = this.#kept?.subarray(0, this.#length) ?? Buffer.alloc(0);
    const beginning = at > 0 ? kept : last.subarray(0, KEPT);
    this.#prefixBytes = 0;
    const compressed = this.#prefix.readUInt8(0) === 1;
    this.#found({ compressed, length: this.#length, frames: [this.#firstFrame, frame], beginning });
  }
}
