import { unhuffman } from './huffman.ts';
import { STATIC_TABLE } from './static-table.ts';

/** Name and value, as the bytes of latin1. */
export type Field = readonly [string, string];

const FIRST_TABLE_SIZE = 4096;
// A receiver may allow a table of 4 GiB. No encoder fills such a table, and the tap keeps no more than this.
const LARGEST_TABLE = 1024 * 1024;
const FIELD_OVERHEAD = 32;
const LARGEST_INTEGER = 2 ** 30;

/**
 * Decodes header blocks of one direction of a connection, in their order:
 * https://www.rfc-editor.org/rfc/rfc7541#section-3.2
 */
export class HeaderDecoder {
  // The newest last. Those before `#oldest` are gone.
  #table: Field[] = [];
  #oldest = 0;
  #tableBytes = 0;
  #tableSize = FIRST_TABLE_SIZE;
  #allowed = FIRST_TABLE_SIZE;

  /** The receiver's SETTINGS_HEADER_TABLE_SIZE. What it allowed before counts until its encoder has seen the new size. */
  allow(size: number): void {
    this.#allowed = Math.max(this.#allowed, size);
  }

  /**
   * Hands each field of a complete block to `take`.
   *
   * @throws Error that says which rule the block breaks; no later block can be decoded then
   */
  decode(block: Buffer, take: (field: Field) => void): void {
    const reader = new BlockReader(block);
    while (reader.more) {
      const first = reader.peek();
      if (first & 0x80) take(this.#field(reader.integer(7)));
      else if (first & 0x40) take(this.#insert(this.#literal(reader, 6)));
      else if (first & 0x20) this.#resize(reader.integer(5));
      // Without indexing, and never indexed.
      else take(this.#literal(reader, 4));
    }
  }

  #literal(reader: BlockReader, prefix: number): Field {
    const index = reader.integer(prefix);
    const name = index === 0 ? reader.string() : this.#field(index)[0];
    return [name, reader.string()];
  }

  #field(index: number): Field {
    const dynamic = this.#table.length - (index - STATIC_TABLE.length);
    const field = STATIC_TABLE[index - 1] ?? (dynamic >= this.#oldest ? this.#table[dynamic] : undefined);
    if (!field) throw new Error(`a header refers to entry ${index} of the table, which does not exist`);
    return field;
  }

  #insert(field: Field): Field {
    this.#table.push(field);
    this.#tableBytes += sizeOf(field);
    this.#evict();
    return field;
  }

  #resize(size: number): void {
    if (size > this.#allowed)
      throw new Error(`a header table of ${size} bytes is larger than the allowed ${this.#allowed}`);
    if (size > LARGEST_TABLE)
      throw new Error(`a header table of ${size} bytes is larger than the tap keeps (${LARGEST_TABLE})`);
    this.#tableSize = size;
    this.#evict();
  }

  #evict(): void {
    while (this.#tableBytes > this.#tableSize) {
      this.#tableBytes -= sizeOf(this.#table[this.#oldest++] ?? ['', '']);
    }
    // Shifting an array for each entry would take too long for a large table.
    if (this.#oldest * 2 < this.#table.length) return;
    this.#table = this.#table.slice(this.#oldest);
    this.#oldest = 0;
  }
}

function sizeOf([name, value]: Field): number {
  return name.length + value.length + FIELD_OVERHEAD;
}

/** Reads the integers and strings of a block: https://www.rfc-editor.org/rfc/rfc7541#section-5 */
class BlockReader {
  #at = 0;
  readonly #block: Buffer;

  constructor(block: Buffer) {
    this.#block = block;
  }

  get more(): boolean {
    return this.#at < this.#block.length;
  }

  peek(): number {
    const byte = this.#block[this.#at];
    if (byte === undefined) throw new Error('a header block ends in the middle of a field');
    return byte;
  }

  integer(prefix: number): number {
    const limit = 2 ** prefix - 1;
    let value = this.peek() & limit;
    this.#at++;
    if (value < limit) return value;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.peek();
      this.#at++;
      value += (byte & 0x7f) * factor;
      if (value > LARGEST_INTEGER || factor > LARGEST_INTEGER)
        throw new Error('a header block has an integer that is too large');
      if (byte < 128) return value;
    }
  }

  string(): string {
    const huffman = (this.peek() & 0x80) !== 0;
    const length = this.integer(7);
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    if (bytes.length < length) throw new Error('a header block ends in the middle of a string');
    this.#at += length;
    return (huffman ? unhuffman(bytes) : bytes).toString('latin1');
  }
}
