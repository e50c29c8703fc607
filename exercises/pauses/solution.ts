// Each stream has a window of its own. So a slow reader of one stream does not stop the other streams of the connection.
import type { Frame } from 'wire/events';

export interface Pause {
  stream: number;
  milliseconds: number;
}

/** The pauses of the server, in the order in which they end. */
export function pauses(frames: Iterable<Frame>): Pause[] {
  const found: Pause[] = [];
  const emptySince = new Map<number, number>();
  for (const { frame, side, stream, at, windows } of frames) {
    if (frame === 'DATA' && side === 'server' && windows?.stream === 0) emptySince.set(stream, at);
    const since = emptySince.get(stream);
    if (frame === 'WINDOW_UPDATE' && side === 'client' && since !== undefined) {
      emptySince.delete(stream);
      found.push({ stream, milliseconds: at - since });
    }
  }
  return found;
}
