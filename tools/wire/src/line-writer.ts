import type { Writable } from 'node:stream';

/** What may wait for a slow disk or terminal, in bytes. */
const MOST_WAITING = 32 * 1024 * 1024;

/**
 * Writes lines to something that may be slower than they come. The tap must not wait for it, and must not keep them all:
 * when too much waits, lines are left out, and a line says how many.
 */
export class LineWriter {
  readonly #to: Writable;
  readonly #sayLeftOut: (count: number) => string;
  #leftOut = 0;

  constructor(to: Writable, sayLeftOut: (count: number) => string) {
    this.#to = to;
    this.#sayLeftOut = sayLeftOut;
  }

  write(line: string): void {
    if (this.#to.writableLength > MOST_WAITING) {
      this.#leftOut++;
      return;
    }
    this.#sayIfLeftOut();
    this.#to.write(`${line}\n`);
  }

  /** Resolves when all lines are written. */
  async close(): Promise<void> {
    this.#sayIfLeftOut();
    if (!this.#to.destroyed) await new Promise<void>((resolve) => this.#to.end(resolve));
  }

  #sayIfLeftOut(): void {
    if (this.#leftOut > 0) this.#to.write(`${this.#sayLeftOut(this.#leftOut)}\n`);
    this.#leftOut = 0;
  }
}
