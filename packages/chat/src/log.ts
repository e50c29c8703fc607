/** The last messages of a room, kept once for all of its members. */
export interface Log<Entry> {
  /** Entries are counted from 0; the oldest that is kept, and the one that comes next. */
  readonly first: number;
  readonly next: number;
  at(index: number): Entry | undefined;
  /** Adds an entry, and returns the entries that were dropped for it. */
  add(entry: Entry, size: number): Entry[];
  /** The index of the first kept entry for which `isLater` holds, as it does for all after it; of the next if for none. */
  find(isLater: (entry: Entry) => boolean): number;
}

export interface LogLimits {
  readonly messages: number;
  readonly bytes: number;
}

/** A log that keeps as many entries as fit both limits, and always the last one. */
export function newLog<Entry>({ messages, bytes }: LogLimits): Log<Entry> {
  let entries: ({ entry: Entry; size: number } | undefined)[] = [];
  let first = 0;
  // Entries before this place in the array are gone: to move all others for each one would cost too much.
  let start = 0;
  let weight = 0;
  const kept = () => entries.length - start;

  function dropOldest(): Entry[] {
    const oldest = entries[start];
    if (!oldest) return [];
    entries[start++] = undefined;
    first++;
    weight -= oldest.size;
    if (start > kept()) {
      entries = entries.slice(start);
      start = 0;
    }
    return [oldest.entry];
  }

  return {
    get first() {
      return first;
    },
    get next() {
      return first + kept();
    },
    at: (index) => (index < first ? undefined : entries[index - first + start]?.entry),
    add(entry, size) {
      entries.push({ entry, size });
      weight += size;
      const gone: Entry[] = [];
      while (kept() > 1 && (kept() > messages || weight > bytes)) gone.push(...dropOldest());
      return gone;
    },
    find(isLater) {
      let low = start;
      let high = entries.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const found = entries[middle];
        if (found && isLater(found.entry)) high = middle;
        else low = middle + 1;
      }
      return first + low - start;
    },
  };
}
