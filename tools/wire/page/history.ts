import type { WireEvent } from '../src/events.ts';

/** Everything that was seen, up to a limit. Readers keep their own place in it. */
export interface History {
  add(event: WireEvent): void;
  /** The number that the next event will get; the first event has 0. */
  next(): number;
  /** Events from number `from` on as JSON, about `size` characters of them. Starts later if `from` is forgotten. */
  read(from: number, size: number): { readonly first: number; readonly lines: readonly string[] };
}

// Half of the events are forgotten at once, so that forgetting costs little for each event.
const KEPT_PART = 0.5;

/**
 * Keeps events as JSON, about `limit` characters of them, and forgets the oldest.
 *
 * A page that reads slowly holds no memory of its own: it has a number, and finds later that events are forgotten.
 */
export function createHistory(limit: number): History {
  let lines: string[] = [];
  let forgotten = 0;
  let size = 0;

  function forget(): void {
    let count = 0;
    for (; size > limit * KEPT_PART && count < lines.length - 1; count++) size -= lines[count]?.length ?? 0;
    lines = lines.slice(count);
    forgotten += count;
  }

  return {
    add(event) {
      const line = JSON.stringify(event);
      lines.push(line);
      size += line.length;
      if (size > limit) forget();
    },
    next: () => forgotten + lines.length,
    read(from, wanted) {
      const first = Math.max(from, forgotten);
      const found: string[] = [];
      for (let index = first - forgotten, read = 0; index < lines.length && read < wanted; index++) {
        const line = lines[index] ?? '';
        read += line.length;
        found.push(line);
      }
      return { first, lines: found };
    },
  };
}
