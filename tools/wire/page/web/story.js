// What happened so far: a row for each thing that the picture shows, and what was true after it.
import { createConnections, gaugesOf, noteWindows, streamOf } from './connections.js';
import { createFindings } from './findings.js';

/** @import { Closed, Ended, Foreign, Frame, Message, Opened, Seen, WireEvent } from '../../src/events.ts' */
/** @import { Connection, Gauges } from './connections.js' */
/** @import { Finding } from './explain.js' */

/**
 * @typedef {object} Row
 * @property {Frame | Seen | Opened | Closed | Foreign} event
 * @property {Message[]} messages complete with this frame
 * @property {Message[]} parts messages of which this frame carries a part
 * @property {{ client: Gauges, server: Gauges }} gauges after it
 * @property {Finding | undefined} finding what a reader should know about it
 * @property {boolean} isFalse it says what soon turns out to be wrong
 * @property {number} shown when it came to the screen, by the clock of the page
 * @property {number} place where it is in the picture
 */

/** A page that is open for days must not fill the memory. */
const MOST_ROWS = 250_000;
const FORGOTTEN_AT_ONCE = 50_000;
const MOST_OPEN_ROWS = 1000;

export function createStory() {
  /** @type {Row[]} */
  const rows = [];
  const { connections, connectionOf } = createConnections();
  let forgotten = 0;
  let version = 0;
  const findings = createFindings(() => version++);

  /** @param {Row['event']} event @param {Connection} connection */
  function addRow(event, connection) {
    /** @type {Row} */
    const row = {
      event,
      messages: [],
      parts: [],
      gauges: gaugesOf(connection),
      finding: undefined,
      isFalse: false,
      shown: performance.now(),
      place: 0,
    };
    // What the code of a demo saw comes by another way, and so a little late.
    let place = rows.length;
    if (event.type === 'seen') while (place > 0 && (rows[place - 1]?.event.at ?? 0) > event.at) place--;
    if (place < rows.length) version++;
    rows.splice(place, 0, row);
    row.finding = findings.about(row);
    return row;
  }

  /** @param {Frame} frame */
  function addFrame(frame) {
    const connection = connectionOf(frame.connection);
    const stream = frame.stream === 0 ? undefined : streamOf(connection, frame.stream);
    if (stream) {
      connection.last = stream;
      const path = frame.headers?.find(([name]) => name === ':path')?.[1];
      if (path !== undefined && frame.side === 'client') stream.method = path;
    }
    noteWindows(connection, frame, stream);
    const row = addRow(frame, connection);
    if (frame.frame !== 'DATA' || !stream) return;
    const open = stream.open[frame.side];
    open.push(row);
    if (open.length > MOST_OPEN_ROWS) open.shift();
  }

  /** @param {Message} message */
  function addMessage(message) {
    const { open } = streamOf(connectionOf(message.connection), message.stream);
    const [first, last] = message.frames;
    /** @param {Row} row */
    const idOf = (row) => (row.event.type === 'frame' ? row.event.id : 0);
    for (const row of open[message.side]) {
      if (idOf(row) === last) row.messages.push(message);
      if (first !== last && idOf(row) >= first && idOf(row) <= last) row.parts.push(message);
    }
    // The last frame may begin the next message.
    open[message.side] = open[message.side].filter((row) => idOf(row) >= last);
  }

  /** @param {Ended} ended */
  function end(ended) {
    const stream = streamOf(connectionOf(ended.connection), ended.stream);
    stream.ended = ended;
    stream.open = { client: [], server: [] };
  }

  /** @param {WireEvent} event */
  function add(event) {
    const connection = connectionOf(event.connection);
    switch (event.type) {
      case 'frame':
        return addFrame(event);
      case 'message':
        return addMessage(event);
      case 'ended':
        return end(event);
      case 'queued':
        connection.queued[event.side] = event.bytes;
        return;
      case 'closed':
        connection.closed = true;
        addRow(event, connection);
        return;
      case 'opened':
      case 'seen':
      case 'foreign':
        addRow(event, connection);
    }
  }

  return {
    rows,
    connections,
    /** Rows that are dropped since the beginning, the oldest. */
    forgotten: () => forgotten,
    /** Changes whenever rows change in another way than by new ones at the end. */
    version: () => version,
    /** What is true now. @param {number} number */
    now: (number) => gaugesOf(connections.get(number)),
    /** @param {WireEvent[]} events */
    add(events) {
      for (const event of events) add(event);
      if (rows.length <= MOST_ROWS) return;
      rows.splice(0, FORGOTTEN_AT_ONCE);
      forgotten += FORGOTTEN_AT_ONCE;
      version++;
    },
  };
}
