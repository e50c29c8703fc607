import {
  type Archive,
  type Listener,
  type Listening,
  newListener,
  newPlace,
  type Place,
} from './listener.ts';
import { type LogLimits, newLog } from './log.ts';
import { tooSlow } from './refusals.ts';
import type { Gap, Said } from './room.ts';

/** What happens to a listener that has left as much unread as the log keeps. */
export type WhenFull = 'end' | 'drop';

export interface AudienceOptions extends LogLimits {
  readonly whenFull: WhenFull;
  /** How many of the last messages a newcomer hears. */
  readonly history: number;
}

export interface Audience {
  /** All listeners except its sender hear it. */
  hear(entry: Said | Gap): void;
  listen(listening: Listening): Listener;
  size(): number;
  /** Ends all listeners. */
  close(reason: Error): void;
}

const WEIGHT_OF_ENTRY = 100;
const weightOf = (entry: Said | Gap) =>
  WEIGHT_OF_ENTRY + ('text' in entry ? entry.name.length + Buffer.byteLength(entry.text) : 0);

// #region audience
/**
 * The members that listen to a room through this server.
 *
 * There is no queue for each listener. The last messages are kept once, and a listener is a position in them. So a
 * thousand listeners that do not read cost as much as one.
 *
 * @param begin the position before the first message that this audience hears
 * @param archive has the messages that the log does not have any more; without an archive they are lost
 */
export function newAudience(options: AudienceOptions, begin = 0, archive?: Archive): Audience {
  const log = newLog<Said | Gap>(options);
  const places = new Set<Place>();
  // The log has every message after the first of these positions, up to the second one.
  const range = { after: begin, upTo: begin };

  return {
    hear(entry) {
      const gone = log.add(entry, weightOf(entry));
      range.after = gone.at(-1)?.position ?? range.after;
      range.upTo = entry.position;
      for (const place of places) {
        if (isBehind(place)) fallBehind(place, gone);
        else place.wake();
      }
    },
    listen(listening) {
      const place = newPlace(listening, begin);
      if (listening.after === undefined) {
        place.position = log.at(log.next - options.history - 1)?.position ?? range.after;
      } else if (place.position < range.after) {
        if (archive) place.readsBack = true;
        else skip(place, range.after - place.position);
      }
      places.add(place);
      return newListener({ log, range, archive, places, end }, place);
    },
    size: () => places.size,
    close(reason) {
      for (const place of places) end(place, reason);
    },
  };

  function isBehind({ position, until, readsBack }: Place): boolean {
    return position < Math.min(range.after, until) && !readsBack;
  }

  function fallBehind(place: Place, gone: (Said | Gap)[]): void {
    if (options.whenFull === 'end') {
      end(place, tooSlow(options));
      return;
    }
    if (!archive) {
      const missed = gone.filter(({ position }) => position > place.position);
      skip(place, missed.filter((entry) => 'text' in entry && entry.sender !== place.sender).length);
    }
    place.wake();
  }

  function skip(place: Place, dropped: number): void {
    place.position = range.after;
    place.dropped += dropped;
  }

  function end(place: Place, reason: Error): void {
    place.ending ??= reason;
    places.delete(place);
    place.end(reason);
  }
}
// #endregion audience
