import type { Side, WireEvent } from '../../src/events.ts';

/** Counts what waits inside the two processes of a demo. */
export interface Queues {
  /** Bytes of messages that the code of a side has handed over and has got, since the call began. */
  report(side: Side, handed: number, got: number): void;
  /** Something passed the wire. */
  passed(event: WireEvent): void;
  /** What waits in the queues of a side, in bytes. */
  waiting(side: Side): number;
}

const PREFIX = 5;

/**
 * What a side has handed over and the wire has not carried waits in its queue for writing; what the wire has carried and
 * the code has not got waits in its queue for reading. So no library has to be asked, and nothing hides.
 */
export function createQueues(): Queues {
  const handed = { client: 0, server: 0 };
  const got = { client: 0, server: 0 };
  const carried = { client: 0, server: 0 };
  const arrived = { client: 0, server: 0 };
  return {
    report(side, handedNow, gotNow) {
      handed[side] = handedNow;
      got[side] = gotNow;
    },
    passed(event) {
      if (event.type === 'frame' && event.frame === 'DATA') carried[event.side] += event.length;
      // A part of a message is of no use to the reader yet.
      if (event.type === 'message')
        arrived[event.side === 'client' ? 'server' : 'client'] += event.length + PREFIX;
    },
    waiting: (side) => Math.max(0, handed[side] - carried[side]) + Math.max(0, arrived[side] - got[side]),
  };
}
