import type { ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from './files.ts';
import type { History } from './history.ts';

/** Characters of JSON in one message to the page. */
const BATCH = 64 * 1024;

/** A page that looks. */
export interface Viewer {
  /** There are new events. */
  wake(): void;
  /** Tells the page something besides events. */
  tell(type: string, what: unknown): void;
}

/**
 * Sends the history to a page, from event number `from` on, and then what comes (server-sent events).
 *
 * It writes only while the page reads. If the page is so slow that events are forgotten before it gets them, it is told
 * how many.
 */
export function createViewer(response: ServerResponse, history: History, from: number): Viewer {
  let place = from;
  response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': 'text/event-stream' });
  response.write(': look\n\n');

  function send(): void {
    while (place < history.next() && !response.destroyed && !response.writableNeedDrain) {
      const { first, lines } = history.read(place, BATCH);
      if (first > place) tell('missed', first - place);
      place = first + lines.length;
      // The id is what the browser gives back when it connects again.
      response.write(`id: ${place}\ndata: [${lines.join()}]\n\n`);
    }
  }

  function tell(type: string, what: unknown): void {
    response.write(`event: ${type}\ndata: ${JSON.stringify(what)}\n\n`);
  }

  response.on('drain', send);
  return { wake: send, tell };
}
