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

const FLAGS: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  DATA: [
    [0x1, 'END_STREAM'],
    [0x8, 'PADDED'],
  ],
  HEADERS: [
    [0x1, 'END_STREAM'],
    [0x4, 'END_HEADERS'],
    [0x8, 'PADDED'],
    [0x20, 'PRIORITY'],
  ],
  SETTINGS: [[0x1, 'ACK']],
  PING: [[0x1, 'ACK']],
  PUSH_PROMISE: [
    [0x4, 'END_HEADERS'],
    [0x8, 'PADDED'],
  ],
  CONTINUATION: [[0x4, 'END_HEADERS']],
};

const HEAD = 9;
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
  /** A part of that frame's payload, without its padding. */
  payload(chunk: Buffer): void;
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

function headIn(bytes: Buffer): FrameHead {
  const number = bytes.readUInt8(3);
  const type = TYPES[number] ?? `0x${number.toString(16).padStart(2, '0')}`;
  const set = bytes.readUInt8(4);
  const flags = (FLAGS[type] ?? []).filter(([bit]) => (set & bit) !== 0).map(([, name]) => name);
  return { type, flags, length: bytes.readUIntBE(0, 3), stream: bytes.readUInt32BE(5) & 0x7fffffff };
}

/** One direction of a connection, behind the preface. Its memory is bounded, whatever comes. */
export class FrameReader {
  readonly #taker: FrameTaker;
  #longestAllowed = SMALLEST_ALLOWED;
  /** Of a head, or of the payload of a frame that is kept, what has come so far. */
  #kept: Buffer = Buffer.alloc(0);
  #head: FrameHead | undefined;
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
    let rest = chunk;
    try {
      while (rest.length > 0) rest = this.#pushPart(rest);
    } catch (error) {
      if (error instanceof BrokenRule) error.bytes = rest;
      throw error;
    }
  }

  /** Takes what belongs to the current head or payload, and returns what is behind it. */
  #pushPart(rest: Buffer): Buffer {
    if (this.#head === undefined) return this.#pushHead(rest);
    return this.#head.type === 'DATA'
      ? this.#pushData(this.#head, rest)
      : this.#pushPayload(this.#head, rest);
  }

  #pushHead(rest: Buffer): Buffer {
    let bytes = rest;
    let used = HEAD;
    if (this.#kept.length > 0 || rest.length < HEAD) {
      used = Math.min(HEAD - this.#kept.length, rest.length);
      bytes = this.#kept = Buffer.concat([this.#kept, rest.subarray(0, used)]);
      if (bytes.length < HEAD) return rest.subarray(used);
    }
    const head = headIn(bytes);
    this.#kept = Buffer.alloc(0);
    this.#begin(head);
    return rest.subarray(used);
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

  #pushData(head: FrameHead, rest: Buffer): Buffer {
    const used = Math.min(this.#missing, rest.length);
    let chunk = rest.subarray(0, used);
    if (this.#padding === undefined) {
      this.#padding = chunk.readUInt8(0);
      this.#missing--;
      if (this.#padding > this.#missing) throw new BrokenRule('a DATA frame has more padding than bytes');
      chunk = chunk.subarray(1);
    }
    const content = chunk.subarray(0, Math.max(0, this.#missing - this.#padding));
    this.#missing -= chunk.length;
    if (content.length > 0) this.#taker.payload(content);
    if (this.#missing === 0) this.#end(head);
    return rest.subarray(used);
  }

  #pushPayload(head: FrameHead, rest: Buffer): Buffer {
    const part = rest.subarray(0, this.#missing);
    const at = head.length - this.#missing;
    this.#missing -= part.length;
    if (TYPES.includes(head.type)) {
      if (part.length === head.length) this.#kept = part;
      else {
        if (at === 0) this.#kept = Buffer.alloc(head.length);
        part.copy(this.#kept, at);
      }
    }
    if (this.#missing === 0) this.#end(head);
    return rest.subarray(part.length);
  }

  #end(head: FrameHead): void {
    const payload = this.#kept;
    this.#head = undefined;
    this.#kept = Buffer.alloc(0);
    if (head.type === 'DATA') this.#taker.dataEnd();
    else this.#taker.frame(head, payload);
  }
}
