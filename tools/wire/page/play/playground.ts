// What the page plays: one call at a time.
import type { WireEvent } from '../../src/events.ts';
import type { Choice, Order, PlayState } from './choices.ts';
import { playCall } from './play-call.ts';
import { wallClock } from './reports.ts';
import { startSide } from './side-process.ts';
import type { Sides } from './watch-sides.ts';

export interface Playground {
  obey(order: Order): void;
  state(): PlayState;
  close(): Promise<void>;
}

/**
 * @param onEvent gets what passes the wire, and what the code of both sides sees
 * @param onState is called when a call begins and when it is over
 */
export function startPlayground(
  onEvent: (event: WireEvent) => void,
  onState: (state: PlayState) => void,
): Playground {
  const began = wallClock();
  let state: PlayState = { running: false };
  // Starting a process takes longer than a call. So both are started before they are needed, and are used again.
  let { server, client }: Sides = { server: startSide(), client: startSide() };
  let stop = new AbortController();
  let wanted: Choice | undefined;
  let playing: Promise<void> | undefined;
  let connections = 0;

  function change(next: PlayState): void {
    state = next;
    onState(next);
  }

  function replaceEnded(): void {
    if (server.hasEnded()) server = startSide();
    if (client.hasEnded()) client = startSide();
  }

  async function play(choice: Choice): Promise<void> {
    stop = new AbortController();
    replaceEnded();
    const [start, before] = [wallClock() - began, connections];
    change({ running: true, choice, first: before + 1 });
    await playCall(choice, { server, client }, stop.signal, (event) => {
      const connection = before + event.connection;
      connections = Math.max(connections, connection);
      onEvent({ ...event, at: start + event.at, connection });
    });
  }

  /** Plays what is wanted until nothing is. */
  async function playAll(): Promise<void> {
    while (wanted) {
      const choice = wanted;
      wanted = undefined;
      await play(choice).catch((error) => console.error(`cannot play this call: ${error}`));
      await Promise.all([server.prepare(), client.prepare()]);
      replaceEnded();
      change({ running: false, choice });
    }
    playing = undefined;
  }

  return {
    obey(order) {
      if (order.do === 'speed') {
        for (const side of [server, client]) side.tell({ speed: order.speed });
        return;
      }
      wanted = order.do === 'start' ? order : undefined;
      stop.abort();
      playing ??= playAll();
    },
    state: () => state,
    async close() {
      wanted = undefined;
      stop.abort();
      await playing;
      for (const side of [server, client]) side.kill();
      await Promise.all([server.exited, client.exited]);
    },
  };
}
