import type { Side } from './events.ts';
import { BrokenRule } from './frames.ts';

// https://www.rfc-editor.org/rfc/rfc9113#name-http-2-connection-preface
const CLIENT = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const HEAD = 9;
const SETTINGS = 4;

/** Checks that what a side sends begins as HTTP/2 does: with a text and SETTINGS, or with SETTINGS alone. */
export class Preface {
  readonly #text: Buffer;
  #kept: Buffer | undefined = Buffer.alloc(0);

  constructor(side: Side) {
    this.#text = side === 'client' ? CLIENT : Buffer.alloc(0);
  }

  /**
   * Hands back the frames that the bytes hold, as soon as it knows that they are frames.
   *
   * @throws BrokenRule if they are anything else, as soon as that is certain
   */
  push(chunk: Buffer): Buffer | undefined {
    if (!this.#kept) return chunk;
    this.#kept = Buffer.concat([this.#kept, chunk]);
    const bytes = this.#kept;
    const text = bytes.subarray(0, this.#text.length);
    if (!text.equals(this.#text.subarray(0, text.length))) throw new BrokenRule(whatElse(bytes));
    const head = bytes.subarray(this.#text.length, this.#text.length + HEAD);
    if (bytes.length < this.#text.length + HEAD) return undefined;
    if (head.readUInt8(3) !== SETTINGS || head.readUInt32BE(5) !== 0) throw new BrokenRule(whatElse(bytes));
    this.#kept = undefined;
    return bytes.subarray(this.#text.length);
  }
}

function whatElse(bytes: Buffer): string {
  const text = bytes.toString('latin1', 0, 256);
  if (bytes[0] === 0x16 && bytes[1] === 3)
    return 'TLS; give the tap certificates, and it decodes what is inside';
  if (text.startsWith('HTTP/1.') || /^[A-Z]+ \S+ HTTP\/1\./.test(text)) return 'HTTP/1, not HTTP/2';
  return 'not HTTP/2';
}
