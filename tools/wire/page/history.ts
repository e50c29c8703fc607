import type { WireEvent } from '../src/events.ts';

/** Everything that was seen, up to a limit. Readers keep their own place in it. */
export interface History {
  add(event: WireEvent): void;
  /** The number that the next event will get; the first event has 0. */
  next(): number;
  /** Events from number `from` on as JSON, about `size` bytes of them. Starts later if `from` is forgotten. */
  read(from: number, size: number): { readonly first: number; readonly lines: readonly string[] };
}

/** Events as JSON, one after the other. */
interface Block {
  /** The number of its first event. */
  readonly first: number;
  readonly bytes: Buffer;
  /** Where each event ends in `bytes`. */
  readonly ends: number[];
}

const BLOCK = 1024 * 1024;

/**
 * Keeps about `limit` bytes of events as JSON, and forgets the oldest.
 *
 * A page that reads slowly holds no memory of its own: it has a number, and finds later that events are forgotten.
 *
 * The JSON is in blocks of bytes. Hundreds of thousands of strings would cost more time than the rest of the tap,
 * because V8's garbage collector visits and moves each of them again and again.
 */
export function createHistory(limit: number): History {
  let newest: Block = { first: 0, bytes: Buffer.allocUnsafeSlow(BLOCK), ends: [] };
  const blocks = [newest];

  const next = () => newest.first + newest.ends.length;

  /** Begins a block with room for so many bytes. At the limit it takes the place of the oldest. */
  function begin(length: number): void {
    const oldest = blocks.length * BLOCK >= limit ? blocks.shift() : undefined;
    const bytes =
      oldest && oldest.bytes.length >= length
        ? oldest.bytes
        : Buffer.allocUnsafeSlow(Math.max(BLOCK, length));
    newest = { first: next(), bytes, ends: [] };
    blocks.push(newest);
  }

  return {
    add(event) {
      const line = JSON.stringify(event);
      const length = Buffer.byteLength(line);
      if ((newest.ends.at(-1) ?? 0) + length > newest.bytes.length) begin(length);
      const start = newest.ends.at(-1) ?? 0;
      newest.bytes.write(line, start);
      newest.ends.push(start + length);
    },
    next,
    read(from, wanted) {
      const first = Math.max(from, blocks[0]?.first ?? 0);
      const lines: string[] = [];
      let left = wanted;
      for (const { first: number, bytes, ends } of blocks)
        for (let index = Math.max(0, first - number); index < ends.length && left > 0; index++) {
          const [start, end] = [ends[index - 1] ?? 0, ends[index]];
          lines.push(bytes.toString('utf8', start, end));
          left -= (end ?? 0) - start;
        }
      return { first, lines };
    },
  };
}
