// One call of the page: its server and its client, and between them the tap and a line that can go silent.
import { setTimeout as delay } from 'node:timers/promises';
import { type Relay, startRelay } from 'cli/relay';
import type { WireEvent } from '../../src/events.ts';
import { startTap, type Tap } from '../../src/tap.ts';
import type { Choice } from './choices.ts';
import { MOMENT } from './messages.ts';
import { wallClock } from './reports.ts';
import { type Sides, watchSides } from './watch-sides.ts';

/** How long the server may take to notice that the client is gone, in milliseconds. */
const AFTERMATH = { silent: 1500, other: 250 };

/** Whether the moment has come for what happens from outside: some messages have passed, or a unary request. */
function isMoment(event: WireEvent, { pattern }: Choice): boolean {
  if (event.type !== 'message') return false;
  if (pattern === 'unary') return event.side === 'client';
  return event.number === MOMENT && event.side === (pattern === 'download' ? 'server' : 'client');
}

/** What happens to a call from outside, if its ending is of that sort. */
function fromOutside({ ending }: Choice, { server, client }: Sides, line: Relay): (() => void) | undefined {
  const happenings: Partial<Record<Choice['ending'], () => void>> = {
    'kill-client': client.kill,
    'kill-server': server.kill,
    silent: line.silence,
    shutdown: () => server.tell({ shutDown: true }),
  };
  return happenings[ending];
}

/**
 * Plays a call, and resolves when it is over or `stopped`.
 *
 * @param onEvent gets the events; `at` counts from the start of the call, and its first connection is 1
 */
export async function playCall(
  choice: Choice,
  sides: Sides,
  stopped: AbortSignal,
  onEvent: (event: WireEvent) => void,
): Promise<void> {
  const { server, client } = sides;
  const began = wallClock();
  const stopping = new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve()));
  const watch = watchSides(sides, began, onEvent);
  let line: Relay | undefined;
  let tap: Tap | undefined;
  try {
    const listening = server.report((report) => 'listening' in report);
    server.tell({ serve: choice });
    const served = await Promise.race([listening, stopping]);
    if (!served) return;
    line = await startRelay(served.listening);
    let due = fromOutside(choice, sides, line);
    // The tap counts from a moment of its own.
    let tapBegan: number | undefined;
    tap = await startTap({ to: line.address }, (event) => {
      tapBegan ??= wallClock() - began - event.at;
      watch.passed(event);
      onEvent({ ...event, at: event.at + tapBegan });
      if (!due || !isMoment(event, choice)) return;
      due();
      due = undefined;
    });
    const done = client.report((report) => 'done' in report);
    client.tell({ call: choice, address: tap.address });
    await Promise.race([done, stopping]);
    if (!stopped.aborted) await delay(choice.ending === 'silent' ? AFTERMATH.silent : AFTERMATH.other);
  } finally {
    watch.stop();
    await tap?.close();
    await line?.close();
  }
}
