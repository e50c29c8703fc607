import { type Log, type LogLimits, newLog } from './log.ts';
import { tooSlow } from './refusals.ts';
import type { Dropped, Said } from './room.ts';

/** What happens to a listener who has left as much unread as the log keeps. */
export type WhenFull = 'end' | 'drop';

export interface AudienceOptions extends LogLimits {
  readonly whenFull: WhenFull;
  /** How many of the last messages a newcomer hears. */
  readonly history: number;
}

/** One who listens, at a pace of its own. */
export interface Listener {
  /** What it has not heard yet, one by one; undefined: nothing. @throws what ended it */
  read(): Said | Dropped | undefined;
  /** Throws what ended it, if it has ended. */
  check(): void;
  leave(): void;
}

export interface Listening {
  readonly sender: string;
  /** The position of the last message that it has heard; undefined: a newcomer. */
  readonly after: number | undefined;
  readonly wake: () => void;
  readonly end: (reason: Error) => void;
}

export interface Audience {
  /** Everyone but its sender hears it. */
  hear(said: Said): void;
  listen(listening: Listening): Listener;
  size(): number;
  /** Ends all who listen. */
  close(reason: Error): void;
}

const WEIGHT_OF_ENTRY = 100;
const weightOf = ({ name, text }: Said) => WEIGHT_OF_ENTRY + name.length + Buffer.byteLength(text);

// #region audience
/**
 * Those who listen to a room through this server.
 *
 * There is no queue for each of them: the last messages are kept once, and a listener is a place in them. So a
 * thousand who don't read cost no more than one, and whoever is further behind than the log reaches has overrun its limit.
 */
export function newAudience(options: AudienceOptions): Audience {
  const log = newLog<Said>(options);
  const places = new Set<Place>();

  return {
    hear(said) {
      const gone = log.add(said, weightOf(said));
      for (const place of places) {
        if (place.next < log.first) fallBehind(place, gone);
        else place.wake();
      }
    },
    listen: (listening) => newListener(log, places, newPlace(log, listening, options.history)),
    size: () => places.size,
    close(reason) {
      for (const place of places) end(place, reason);
    },
  };

  function fallBehind(place: Place, gone: Said[]): void {
    if (options.whenFull === 'end') {
      end(place, tooSlow(options));
      return;
    }
    const reached = place.next;
    place.next = log.first;
    const missed = gone.slice(-(log.first - reached));
    place.dropped += missed.filter(({ sender }) => sender !== place.sender).length;
    place.wake();
  }

  function end(place: Place, reason: Error): void {
    place.ending ??= reason;
    places.delete(place);
    place.end(reason);
  }
}
// #endregion audience

interface Place {
  readonly sender: string;
  /** It has heard everything up to this position, though this server may not have: it comes from another one. */
  readonly after: number;
  readonly wake: () => void;
  readonly end: (reason: Error) => void;
  /** The index of what it reads next. */
  next: number;
  /** What it was not told of yet. */
  dropped: number;
  ending: Error | undefined;
}

function newPlace(log: Log<Said>, { sender, after, wake, end }: Listening, history: number): Place {
  const place = { sender, after: after ?? 0, wake, end, dropped: 0, ending: undefined };
  if (after === undefined) return { ...place, next: Math.max(log.first, log.next - history) };
  const next = log.find(({ position }) => position > after);
  const oldest = log.at(log.first);
  // Some of them may have been its own: nobody knows any more.
  return { ...place, next, dropped: oldest ? Math.max(0, oldest.position - 1 - after) : 0 };
}

function newListener(log: Log<Said>, places: Set<Place>, place: Place): Listener {
  places.add(place);
  const check = () => {
    if (place.ending) throw place.ending;
  };
  return {
    check,
    read() {
      check();
      if (place.dropped > 0) {
        const { dropped } = place;
        place.dropped = 0;
        return { dropped };
      }
      while (place.next < log.next) {
        const said = log.at(place.next++);
        if (said && said.sender !== place.sender && said.position > place.after) return said;
      }
      return undefined;
    },
    leave: () => void places.delete(place),
  };
}
