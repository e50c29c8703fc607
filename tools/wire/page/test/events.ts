// Events as a tap would see them, for tests that need no call.
import type { Frame, Message, Side, WireEvent } from '../../src/events.ts';

const WINDOW = 65_535;

/** A call whose frames are named one by one. */
export function callEvents(connection = 1) {
  const events: WireEvent[] = [];
  let id = 0;
  let at = 0;
  const numbers = { client: 0, server: 0 };

  const frame = (side: Side, name: string, more: Partial<Frame> = {}) => {
    at += 0.5;
    events.push({
      type: 'frame',
      at,
      connection,
      id: ++id,
      side,
      stream: 1,
      frame: name,
      flags: [],
      length: 0,
      ...more,
    });
  };

  const message = (side: Side, text: string) => {
    const more: Message = {
      type: 'message',
      at,
      connection,
      side,
      stream: 1,
      number: ++numbers[side],
      length: 4,
      compressed: false,
      frames: [id, id],
      text,
    };
    events.push(more);
  };

  events.push({ type: 'opened', at, connection, client: '127.0.0.1:1', server: '127.0.0.1:2' });
  return {
    events,
    /** Lets time pass, in milliseconds. */
    wait(milliseconds: number) {
      at += milliseconds;
    },
    frame,
    request: (path: string, headers: [string, string][] = []) =>
      frame('client', 'HEADERS', { headers: [[':path', path], ...headers] }),
    data(side: Side, text: string, more: Partial<Frame> = {}) {
      frame(side, 'DATA', { length: 9, windows: { stream: WINDOW - id, connection: WINDOW }, ...more });
      message(side, text);
    },
  };
}

/** A server stream of so many frames. */
export function* manyFrames(count: number): Generator<WireEvent> {
  const { events, data, frame, request } = callEvents();
  request('/test.Test/Many');
  for (let sent = 0; sent < count; sent++) {
    if (sent % 10 === 9)
      frame('client', 'WINDOW_UPDATE', {
        increment: 90,
        windows: { stream: WINDOW, connection: WINDOW },
      });
    else
      data('server', `number: ${sent}`, {
        windows: { stream: WINDOW - (sent % 10) * 9, connection: WINDOW },
      });
    yield* events.splice(0);
  }
}
