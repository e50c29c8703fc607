// What a reader should know about a row. It is computed from the frames, so it also holds for services that nobody has
// prepared.
import {
  aboutForeign,
  aboutGoaway,
  aboutLoss,
  aboutReset,
  aboutTrailers,
  aboutWindow,
  UNANSWERED,
} from './explain.js';
import { endsStream, header } from './words.js';

/** @import { Closed, Frame } from '../../src/events.ts' */
/** @import { Call, Finding } from './explain.js' */
/** @import { Row } from './story.js' */

/**
 * What the findings know about a connection.
 *
 * @typedef {object} Talk
 * @property {Map<number, Call>} calls by their stream
 * @property {Map<string | undefined, Row>} pings without an answer
 * @property {boolean} isLeaving one side will close the connection
 */

const MOST_CALLS = 20_000;
const UNITS = /** @type {Record<string, number>} */ ({
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
});

/** @param {string | undefined} text such as `600m` */
function timeoutOf(text) {
  const [, amount, unit] = /^(\d{1,8})([HMSmun])$/.exec(text ?? '') ?? [];
  return unit === undefined ? undefined : Number(amount) * (UNITS[unit] ?? 0);
}

/** @param {Call} call */
const isOpen = ({ reset, ended }) => !reset && !ended.server;

/** @param {() => void} revised is called when a row gets its finding late */
export function createFindings(revised) {
  /** @type {Map<number, Talk>} */
  const talks = new Map();

  /** @param {number} connection @returns {Talk} */
  function talkOf(connection) {
    const talk = talks.get(connection) ?? { calls: new Map(), pings: new Map(), isLeaving: false };
    talks.set(connection, talk);
    return talk;
  }

  /** @param {Talk} talk @param {Frame} frame */
  function begin({ calls }, frame) {
    /** @type {Call} */
    const call = {
      began: frame.at,
      timeout: timeoutOf(header(frame, 'grpc-timeout')),
      ended: {},
      sent: 0,
      emptySince: {},
      told: new Set(),
      reset: false,
    };
    calls.set(frame.stream, call);
    if (calls.size > MOST_CALLS) calls.delete(calls.keys().next().value ?? 0);
    return call;
  }

  /** @param {Talk} talk @param {Frame} frame @param {Row} row */
  function aboutStream(talk, frame, row) {
    const isRequest = frame.side === 'client' && header(frame, ':path') !== undefined;
    const call = talk.calls.get(frame.stream) ?? (isRequest ? begin(talk, frame) : undefined);
    if (!call) return undefined;
    const about = { RST_STREAM: aboutReset, DATA: aboutWindow, WINDOW_UPDATE: aboutWindow }[frame.frame];
    const found = (about ?? aboutTrailers)(frame, call);
    if (frame.frame === 'DATA' && frame.side === 'client' && frame.length > 0) call.sent++;
    if (endsStream(frame)) call.ended[frame.side] = row;
    return found;
  }

  /** @param {Talk} talk @param {Frame} frame @param {Row} row */
  function notePing({ pings }, { flags, ping }, row) {
    if (flags.includes('ACK')) pings.delete(ping);
    else pings.set(ping, row);
  }

  /** @param {Talk} talk @param {Frame} frame */
  function aboutLeaving(talk, { side, code = '' }) {
    const first = !talk.isLeaving;
    talk.isLeaving = true;
    // A client that has finished says so, and its server says it, too.
    return first && (side === 'server' || code !== 'NO_ERROR') ? aboutGoaway(side, code) : undefined;
  }

  /** @param {Talk} talk @param {Closed} closed */
  function aboutClosed({ calls, pings }, { connection, by }) {
    talks.delete(connection);
    for (const row of pings.values()) {
      row.finding = UNANSWERED;
      revised();
    }
    const open = [...calls.values()].filter(isOpen).length;
    return open > 0 ? aboutLoss(by, open) : undefined;
  }

  return {
    /** @param {Row} row @returns {Finding | undefined} */
    about(row) {
      const { event } = row;
      if (event.type === 'foreign') return aboutForeign(event.reason);
      const talk = talkOf(event.connection);
      if (event.type === 'closed') return aboutClosed(talk, event);
      if (event.type !== 'frame') return undefined;
      if (event.frame === 'PING') notePing(talk, event, row);
      if (event.frame === 'GOAWAY') return aboutLeaving(talk, event);
      return event.stream === 0 ? undefined : aboutStream(talk, event, row);
    },
  };
}
