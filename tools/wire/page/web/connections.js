// What is true of each connection and stream: its windows, its queues, and how it ended.

/** @import { Ended, Frame } from '../../src/events.ts' */
/** @import { Row } from './story.js' */

/**
 * What each side may still send, and what waits in its queues, in bytes. Undefined: not known.
 *
 * @typedef {object} Gauges
 * @property {number | undefined} stream
 * @property {number | undefined} connection
 * @property {number | undefined} queued
 */

/**
 * @typedef {object} Stream
 * @property {number} connection
 * @property {number} stream
 * @property {string} method
 * @property {Ended | undefined} ended
 * @property {number | undefined} clientWindow
 * @property {number | undefined} serverWindow
 * @property {{ client: Row[], server: Row[] }} open DATA frames whose last message is not complete
 */

/**
 * @typedef {object} Connection
 * @property {number} number
 * @property {boolean} closed
 * @property {{ client: number | undefined, server: number | undefined }} windows
 * @property {{ client: number | undefined, server: number | undefined }} queued
 * @property {Map<number, Stream>} streams
 * @property {Stream | undefined} last the stream of the last frame
 */

/** A page that is open for days must not fill the memory. */
const MOST_STREAMS = 20_000;

export function createConnections() {
  /** @type {Map<number, Connection>} */
  const connections = new Map();

  /** @param {number} number @returns {Connection} */
  function connectionOf(number) {
    let connection = connections.get(number);
    if (!connection) {
      connection = {
        number,
        closed: false,
        windows: { client: undefined, server: undefined },
        queued: { client: undefined, server: undefined },
        streams: new Map(),
        last: undefined,
      };
      connections.set(number, connection);
      if (connections.size > MOST_STREAMS) connections.delete(connections.keys().next().value ?? 0);
    }
    return connection;
  }

  return { connections, connectionOf };
}

/** @param {Connection} connection @param {number} stream @returns {Stream} */
export function streamOf(connection, stream) {
  let found = connection.streams.get(stream);
  if (!found) {
    found = {
      connection: connection.number,
      stream,
      method: '',
      ended: undefined,
      clientWindow: undefined,
      serverWindow: undefined,
      open: { client: [], server: [] },
    };
    connection.streams.set(stream, found);
    if (connection.streams.size > MOST_STREAMS)
      connection.streams.delete(connection.streams.keys().next().value ?? 0);
  }
  return found;
}

/** @param {Connection} connection @param {Frame} frame @param {Stream | undefined} stream */
export function noteWindows(connection, frame, stream) {
  if (!frame.windows) return;
  // A DATA frame uses up the window of its sender; the others fill the window of the receiver.
  const owner = (frame.frame === 'DATA') === (frame.side === 'client') ? 'client' : 'server';
  connection.windows[owner] = frame.windows.connection;
  if (stream && frame.windows.stream !== undefined) stream[`${owner}Window`] = frame.windows.stream;
}

/** @param {Connection | undefined} connection @returns {{ client: Gauges, server: Gauges }} */
export function gaugesOf(connection) {
  const { windows, queued, last } = connection ?? {};
  return {
    client: { stream: last?.clientWindow, connection: windows?.client, queued: queued?.client },
    server: { stream: last?.serverWindow, connection: windows?.server, queued: queued?.server },
  };
}

/** Whether a side may not send now. @param {Gauges} gauges */
export const isEmpty = ({ stream, connection }) => (stream ?? 1) <= 0 || (connection ?? 1) <= 0;
