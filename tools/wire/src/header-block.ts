import { BrokenRule } from './frames.ts';
import { type Field, HeaderDecoder } from './hpack/decoder.ts';

/** Of a block, in bytes. */
const LONGEST = 256 * 1024;
/** A part of a block costs memory even if it is empty. */
const PART_OVERHEAD = 128;
/** Of the fields that are shown, in characters. A short block can stand for many more, by its table. */
const LONGEST_SHOWN = 64 * 1024;
/** A field is not free even if its name and its value are empty. */
const FIELD_OVERHEAD = 8;

/** Credentials: a recording is made to be shown to others. */
const SECRET = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'];

/** A block that is not complete: what its first frame says. */
interface Open {
  readonly stream: number;
  readonly target: number;
  readonly endStream: boolean;
}

/** A block that is complete, and for which stream: that of its frame, or the promised one. */
export interface HeaderBlock extends Open {
  readonly fields: Field[];
}

/** Joins the header blocks of one direction, which HEADERS, PUSH_PROMISE and CONTINUATION frames carry. */
export class HeaderBlocks {
  readonly #decoder = new HeaderDecoder();
  #open: Open | undefined;
  #parts: Buffer[] = [];
  #cost = 0;

  allowTable(size: number): void {
    this.#decoder.allow(size);
  }

  /** @throws BrokenRule if a block is open: only its CONTINUATION may come then */
  check(type: string, stream: number): void {
    if (type === 'CONTINUATION') {
      if (this.#open?.stream === stream) return;
      throw new BrokenRule(`a CONTINUATION frame on stream ${stream} continues nothing`);
    }
    if (this.#open)
      throw new BrokenRule(`a ${type} frame where a CONTINUATION of stream ${this.#open.stream} must come`);
  }

  begin(open: Open): void {
    this.#open = open;
  }

  /**
   * Adds a part.
   *
   * @returns the block if this part ends it
   * @throws BrokenRule
   */
  add(part: Buffer, last: boolean): HeaderBlock | undefined {
    this.#cost += part.length + PART_OVERHEAD;
    if (this.#cost > LONGEST)
      throw new BrokenRule(`a header block is longer than the tap keeps (${LONGEST} bytes)`);
    this.#parts.push(part);
    if (!last || !this.#open) return undefined;
    const open = this.#open;
    const block = Buffer.concat(this.#parts);
    this.#open = undefined;
    this.#parts = [];
    this.#cost = 0;
    return { ...open, fields: this.#decoded(block) };
  }

  #decoded(block: Buffer): Field[] {
    const fields: Field[] = [];
    let shown = 0;
    let hidden = 0;
    try {
      this.#decoder.decode(block, ([name, value]) => {
        shown += name.length + value.length + FIELD_OVERHEAD;
        if (shown > LONGEST_SHOWN) hidden++;
        else fields.push([name, SECRET.includes(name) ? `(${value.length} bytes, not shown)` : value]);
      });
    } catch (error) {
      throw new BrokenRule((error as Error).message);
    }
    return hidden === 0 ? fields : [...fields, ['…', `${hidden} more fields`]];
  }
}
