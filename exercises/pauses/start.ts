// wire: Find the times in which the server had to wait for a window.
//
// A server may send until a window is empty. Then it waits for a WINDOW_UPDATE of the client. This function gets the frames of a connection, in their
// order, and says how long each pause was. It treats every gap between two DATA frames as a pause, also if the server had nothing to send. Change it:
// 1. A pause begins with a DATA frame of the server that leaves 0 bytes in the window of its stream. `windows.stream` says what is left.
// 2. The pause ends with the next WINDOW_UPDATE of the client for the same stream.
//
// `at` is the time of a frame in milliseconds.
import type { Frame } from 'wire/events';

export interface Pause {
  stream: number;
  milliseconds: number;
}

/** The pauses of the server, in the order in which they end. */
export function pauses(frames: Iterable<Frame>): Pause[] {
  const found: Pause[] = [];
  let last: Frame | undefined;
  for (const frame of frames) {
    if (frame.frame !== 'DATA' || frame.side !== 'server') continue;
    if (last) found.push({ stream: frame.stream, milliseconds: frame.at - last.at });
    last = frame;
  }
  return found;
}
