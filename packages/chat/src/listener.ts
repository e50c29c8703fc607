import type { Log } from './log.ts';
import type { Dropped, Gap, Said } from './room.ts';

/** Where a room keeps messages that the log no longer has. */
export interface Archive {
  /**
   * Some of the messages after `position`, in order and without holes. The first entry is the next message that exists.
   *
   * @throws StatusError if it can't be read
   */
  after(position: number): Promise<readonly (Said | Gap)[]>;
}

export interface Listening {
  readonly sender: string;
  /** The position of the last message that it has heard; undefined: a newcomer. */
  readonly after: number | undefined;
  readonly wake: () => void;
  readonly end: (reason: Error) => void;
}

/** One listener, which reads at its own speed. */
export interface Listener {
  /** The next message that it has not heard yet; undefined: there is none. @throws what ended it */
  read(): Said | Dropped | undefined;
  /** It has read everything up to this position. */
  position(): number;
  /** False while it waits for the archive. */
  caughtUp(): boolean;
  /** Throws what ended it, if it has ended. */
  check(): void;
  /** From now on it hears only what was said before. */
  finish(): void;
  leave(): void;
}

/** How far a listener has read. */
export interface Place {
  readonly sender: string;
  readonly wake: () => void;
  readonly end: (reason: Error) => void;
  /** It has read everything up to here. After a join this may be ahead of this server, because it was connected to another one. */
  position: number;
  /** Messages after this position are not for it. */
  until: number;
  /** The index in the log of what it reads next, as far as that is known. */
  next: number;
  /** How many messages it misses, and has not been informed about yet. */
  dropped: number;
  /** It is so far behind that the log does not have its next message. */
  readsBack: boolean;
  /** Messages from the archive, and the index in them of the next one to read. */
  page: readonly (Said | Gap)[];
  nextInPage: number;
  loading: boolean;
  ending: Error | undefined;
}

export function newPlace({ sender, after, wake, end }: Listening, begin: number): Place {
  return {
    sender,
    wake,
    end,
    position: after ?? begin,
    until: Number.POSITIVE_INFINITY,
    next: -1,
    dropped: 0,
    readsBack: false,
    page: [],
    nextInPage: 0,
    loading: false,
    ending: undefined,
  };
}

interface Sources {
  readonly log: Log<Said | Gap>;
  /** What the log has. */
  readonly range: { readonly after: number; readonly upTo: number };
  readonly archive: Archive | undefined;
  readonly places: Set<Place>;
  end(place: Place, reason: Error): void;
}

export function newListener({ log, range, archive, places, end }: Sources, place: Place): Listener {
  const check = () => {
    if (place.ending) throw place.ending;
  };

  /** The entry after its position; undefined: there is none, or not yet. */
  function peek(): Said | Gap | undefined {
    place.readsBack = archive !== undefined && place.position < range.after;
    if (place.readsBack) {
      place.next = -1;
      const entry = place.page[place.nextInPage];
      if (!entry) load();
      return entry;
    }
    place.page = [];
    if (place.next < log.first) place.next = log.find(({ position }) => position > place.position);
    return log.at(place.next);
  }

  function pass(entry: Said | Gap): void {
    if (place.readsBack) place.nextInPage++;
    else place.next++;
    place.position = Math.max(place.position, entry.position);
  }

  function load(): void {
    if (place.loading || !archive) return;
    place.loading = true;
    archive
      .after(place.position)
      .then((page) => {
        place.page = page;
        place.nextInPage = 0;
      })
      .catch((error: Error) => end(place, error))
      .finally(() => {
        place.loading = false;
        place.wake();
      });
  }

  function takeDropped(): Dropped | undefined {
    if (place.dropped === 0) return undefined;
    const { dropped } = place;
    place.dropped = 0;
    return { dropped };
  }

  return {
    check,
    read() {
      check();
      while (place.position < place.until) {
        const entry = peek();
        if (!entry) return place.loading ? undefined : takeDropped();
        if ('text' in entry && isFor(place, entry)) {
          const dropped = takeDropped();
          if (dropped) return dropped;
          pass(entry);
          return entry;
        }
        if ('dropped' in entry && entry.position > place.position) place.dropped += entry.dropped;
        pass(entry);
      }
      return takeDropped();
    },
    position: () => place.position,
    caughtUp: () => !place.loading,
    finish() {
      place.until = range.upTo;
    },
    leave: () => void places.delete(place),
  };
}

const isFor = (place: Place, { position, sender }: Said) =>
  position > place.position && position <= place.until && sender !== place.sender;
