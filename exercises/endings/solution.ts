// Only the trailers have the result of a call. END_STREAM of the client says that its requests are over, and sometimes not even that.
import type { Frame } from 'wire/events';

function endingOf({ frame, side, headers = [] }: Frame): string | undefined {
  if (frame === 'RST_STREAM') return `reset by ${side}`;
  const [, code] = headers.find(([name]) => name === 'grpc-status') ?? [];
  if (code === undefined) return undefined;
  return code === '0' ? 'complete' : `failed with ${code}`;
}

/** How the call of each stream ended, by the number of the stream. */
export function endings(frames: Iterable<Frame>): Map<number, string> {
  const ended = new Map<number, string>();
  for (const frame of frames) {
    if (frame.stream === 0) continue;
    const before = ended.get(frame.stream) ?? 'lost';
    ended.set(frame.stream, before === 'lost' ? (endingOf(frame) ?? 'lost') : before);
  }
  return ended;
}
