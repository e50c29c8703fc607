// Finds HTTP/2 frames in bytes that are cut anywhere: https://www.rfc-editor.org/rfc/rfc9113#section-4

const TYPES = [
  'DATA',
  'HEADERS',
  'PRIORITY',
  'RST_STREAM',
  'SETTINGS',
  'PUSH_PROMISE',
  'PING',
  'GOAWAY',
  'WINDOW_UPDATE',
  'CONTINUATION',
];

/** By type, and by their bit. */
const FLAGS: readonly Readonly<Record<number, string>>[] = [
  { 1: 'END_STREAM', 8: 'PADDED' },
  { 1: 'END_STREAM', 4: 'END_HEADERS', 8: 'PADDED', 32: 'PRIORITY' },
  {},
  {},
  { 1: 'ACK' },
  { 4: 'END_HEADERS', 8: 'PADDED' },
  { 1: 'ACK' },
  {},
  {},
  { 4: 'END_HEADERS' },
];
/** The names of each set of flags, by type and by the byte that holds the set. So a frame needs no array of its own. */
const NAMES = FLAGS.map((flags) =>
  [...Array(256).keys()].map((set) =>
    Object.keys(flags).flatMap((bit) => ((set & Number(bit)) !== 0 ? [flags[Number(bit)] ?? ''] : [])),
  ),
);
const NO_FLAGS: readonly string[] = [];

const HEAD = 9;
const NOTHING: Buffer = Buffer.alloc(0);
const SMALLEST_ALLOWED = 16_384;
/** What is kept of a frame until it is complete. DATA passes through, and of unknown types nothing is read. */
const LONGEST_KEPT = 1024 * 1024;

/** The nine bytes that a frame begins with. */
export interface FrameHead {
  /** `DATA`, `HEADERS`, …, or `0x1f` for a type that RFC 9113 does not name. */
  readonly type: string;
  readonly flags: readonly string[];
  readonly length: number;
  readonly stream: number;
}

/** What a reader of frames calls. */
export interface FrameTaker {
  /** The head of a DATA frame. */
  data(head: FrameHead): void;
  /** A part of that frame's payload, without its padding: these bytes of a chunk. */
  payload(chunk: Buffer, start: number, end: number): void;
  /** That frame is complete. */
  dataEnd(): void;
  /** Any other frame, complete. For an unknown type the payload is empty. */
  frame(head: FrameHead, payload: Buffer): void;
}

/** The bytes break a rule of HTTP/2. */
export class BrokenRule extends Error {
  /** Where it was noticed, if that is known. */
  bytes?: Buffer;
}

function headIn(bytes: Buffer, at: number): FrameHead {
  const number = bytes.readUInt8(at + 3);
  return {
    type: TYPES[number] ?? `0x${number.toString(16).padStart(2, '0')}`,
    flags: NAMES[number]?.[bytes.readUInt8(at + 4)] ?? NO_FLAGS,
    length: bytes.readUIntBE(at, 3),
    stream: bytes.readUInt32BE(at + 5) & 0x7fffffff,
  };
}

/** One direction of a connection, behind the preface. Its memory is bounded, whatever comes. */
export class FrameReader {
  readonly #taker: FrameTaker;
  #longestAllowed = SMALLEST_ALLOWED;
  /** What has come of a head that is cut. */
  readonly #cutHead = Buffer.alloc(HEAD);
  #cutHeadBytes = 0;
  #head: FrameHead | undefined;
  /** The payload of a frame that is kept, as far as it has come. */
  #kept = NOTHING;
  /** Bytes of the current payload that have not come. */
  #missing = 0;
  /** Bytes of padding at the end of the current DATA frame; undefined until its length has come. */
  #padding: number | undefined;

  constructor(taker: FrameTaker) {
    this.#taker = taker;
  }

  /** The receiver's SETTINGS_MAX_FRAME_SIZE. */
  allow(length: number): void {
    this.#longestAllowed = Math.max(this.#longestAllowed, length);
  }

  /** @throws BrokenRule */
  push(chunk: Buffer): void {
    let at = 0;
    try {
      while (at < chunk.length) at = this.#pushPart(chunk, at);
    } catch (error) {
      if (error instanceof BrokenRule) error.bytes = chunk.subarray(at);
      throw error;
    }
  }

  /** Takes what belongs to the current head or payload, and returns where it ends. */
  #pushPart(chunk: Buffer, at: number): number {
    if (this.#head === undefined) return this.#pushHead(chunk, at);
    return this.#head.type === 'DATA'
      ? this.#pushData(this.#head, chunk, at)
      : this.#pushPayload(this.#head, chunk, at);
  }

  #pushHead(chunk: Buffer, at: number): number {
    if (this.#cutHeadBytes === 0 && at + HEAD <= chunk.length) {
      this.#begin(headIn(chunk, at));
      return at + HEAD;
    }
    const used = chunk.copy(this.#cutHead, this.#cutHeadBytes, at);
    this.#cutHeadBytes += used;
    if (this.#cutHeadBytes === HEAD) {
      this.#cutHeadBytes = 0;
      this.#begin(headIn(this.#cutHead, 0));
    }
    return at + used;
  }

  #begin(head: FrameHead): void {
    if (head.length > this.#longestAllowed)
      throw new BrokenRule(
        `a frame of ${head.length} bytes is longer than the allowed ${this.#longestAllowed}`,
      );
    this.#head = head;
    this.#missing = head.length;
    if (head.type === 'DATA') {
      this.#padding = head.flags.includes('PADDED') ? undefined : 0;
      if (this.#padding === undefined && head.length === 0)
        throw new BrokenRule('a padded DATA frame is empty');
      this.#taker.data(head);
    } else if (TYPES.includes(head.type) && head.length > LONGEST_KEPT) {
      throw new BrokenRule(`a ${head.type} frame of ${head.length} bytes is longer than the tap keeps`);
    }
    if (head.length === 0) this.#end(head);
  }

  #pushData(head: FrameHead, chunk: Buffer, at: number): number {
    const end = Math.min(at + this.#missing, chunk.length);
    let start = at;
    if (this.#padding === undefined) {
      this.#padding = chunk.readUInt8(start++);
      this.#missing--;
      if (this.#padding > this.#missing) throw new BrokenRule('a DATA frame has more padding than bytes');
    }
    const contentEnd = Math.min(end, start + this.#missing - this.#padding);
    this.#missing -= end - start;
    if (contentEnd > start) this.#taker.payload(chunk, start, contentEnd);
    if (this.#missing === 0) this.#end(head);
    return end;
  }

  #pushPayload(head: FrameHead, chunk: Buffer, at: number): number {
    const end = Math.min(at + this.#missing, chunk.length);
    if (TYPES.includes(head.type)) this.#keep(head, chunk.subarray(at, end));
    this.#missing -= end - at;
    if (this.#missing === 0) this.#end(head);
    return end;
  }

  #keep({ length }: FrameHead, part: Buffer): void {
    if (part.length === length) this.#kept = part;
    else {
      const at = length - this.#missing;
      if (at === 0) this.#kept = Buffer.alloc(length);
      part.copy(this.#kept, at);
    }
  }

  #end(head: FrameHead): void {
    const payload = this.#kept;
    this.#head = undefined;
    this.#kept = NOTHING;
    if (head.type === 'DATA') this.#taker.dataEnd();
    else this.#taker.frame(head, payload);
  }
}
