// wire: Say how each call of a recording ended, from its frames alone.
//
// `pnpm wire --record` writes what passes on the wire. This function gets the frames of a recording, in their order. It treats every END_STREAM
// of the client as a complete call. Change it. The first of these that happens on a stream is how its call ended:
// 1. The server sends HEADERS with a `grpc-status`, its trailers: 'complete' if the status is 0, and otherwise 'failed with STATUS', such as
//    'failed with 11'.
// 2. A side sends RST_STREAM: 'reset by client' or 'reset by server'.
// 3. None of them: 'lost'.
//
// Stream 0 is the connection itself. It is not a call.
import type { Frame } from 'wire/events';

/** How the call of each stream ended, by the number of the stream. */
export function endings(frames: Iterable<Frame>): Map<number, string> {
  const ended = new Map<number, string>();
  for (const { stream, side, flags } of frames) {
    if (side === 'client' && flags.includes('END_STREAM')) ended.set(stream, 'complete');
  }
  return ended;
}
