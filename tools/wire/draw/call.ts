// One call out of a recording: what a picture of it shows.
import type { Closed, Ended, Frame, Message, WireEvent } from '../src/events.ts';

export interface Call {
  readonly frames: readonly Frame[];
  readonly messages: readonly Message[];
  /** Undefined if the recording ends before the call. */
  readonly ended: Ended | undefined;
  readonly closed: Closed | undefined;
}

/** The calls of a recording, in the order in which they began. */
export function callsIn(events: readonly WireEvent[]): Call[] {
  const begun = events.filter(
    (event): event is Frame => event.type === 'frame' && event.stream > 0 && event.frame === 'HEADERS',
  );
  const streams = new Map(
    begun.map(({ connection, stream }) => [`${connection} ${stream}`, { connection, stream }]),
  );
  return [...streams.values()].map(({ connection, stream }) =>
    callOf(
      events.filter((event) => event.connection === connection),
      stream,
    ),
  );
}

function callOf(events: readonly WireEvent[], stream: number): Call {
  const ended = events.find((event): event is Ended => event.type === 'ended' && event.stream === stream);
  const end = ended ? events.indexOf(ended) : events.length;
  const until = events.slice(0, end);
  return {
    ended,
    closed: events.find((event): event is Closed => event.type === 'closed'),
    frames: until.filter(
      (event): event is Frame =>
        event.type === 'frame' && (event.stream === stream || isGoodbye(event, until, stream)),
    ),
    messages: until.filter((event): event is Message => event.type === 'message' && event.stream === stream),
  };
}

/** A GOAWAY belongs to the calls that are open. A client's own says only that it closes. */
function isGoodbye(event: Frame, events: readonly WireEvent[], stream: number): boolean {
  if (event.frame !== 'GOAWAY' || (event.side === 'client' && event.code === 'NO_ERROR')) return false;
  return events.some((one) => one.type === 'frame' && one.stream === stream && one.id < event.id);
}

/** A window of this call was empty at some time. */
export function waited({ frames }: Call): boolean {
  return frames.some(({ frame, windows }) => frame === 'DATA' && windows?.stream === 0);
}

/** The kinds of frames in their order, for each side: what must be the same when a call is recorded again. */
export function storyOf(call: Call) {
  const { ended } = call;
  const side = (name: Frame['side']) => ({
    frames: call.frames
      .filter((frame) => frame.side === name)
      .flatMap(kindsOf)
      // How many frames carry the messages depends on when they are sent.
      .filter((kind, index, all) => kind !== all[index - 1]),
    messages: call.messages.filter((message) => message.side === name).map(({ text }) => text),
  });
  return {
    client: side('client'),
    server: side('server'),
    waited: waited(call),
    ended: ended && { status: ended.status, resetBy: ended.resetBy, code: ended.code, lost: ended.lost },
  };
}

function kindsOf({ frame, flags, code, length }: Frame): string[] {
  const kind = code === undefined ? frame : `${frame} ${code}`;
  // END_STREAM may come with the last message or behind it.
  const carries = frame !== 'DATA' || length > 0;
  return [...(carries ? [kind] : []), ...(flags.includes('END_STREAM') ? ['END_STREAM'] : [])];
}
