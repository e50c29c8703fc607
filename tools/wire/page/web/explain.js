// Explains single frames in plain words, from what has happened in their call before.
import { counted, duration, grpcMessageOf, number, otherSide, statusOf } from './words.js';

/** @import { Closed, Frame, Side } from '../../src/events.ts' */
/** @import { Row } from './story.js' */

/** @typedef {{ tone: 'bad' | 'waits' | 'good', title: string, text: string }} Finding */

/**
 * @typedef {object} Call what the findings know about a stream
 * @property {number} began
 * @property {number | undefined} timeout in milliseconds
 * @property {Partial<Record<Side, Row>>} ended the row in which a side sent END_STREAM
 * @property {number} sent DATA frames of the client that are not empty
 * @property {Partial<Record<Side, number>>} emptySince when the window of a side became empty
 * @property {Set<Side>} told whose empty window is explained
 * @property {boolean} reset
 */

/**
 * In milliseconds. A client that has sent its last message waits for the answer. If it gives up sooner than this, END_STREAM
 * was most likely part of giving up.
 */
const SOON = 250;
/** The tap sees a call a little later than its client starts it. So the deadline seems to pass a little early. */
const NEARLY = 0.9;
/** A wait that is worth a word, in milliseconds. */
const LONG_WAIT = 100;
/** @param {Side} side */
const The = (side) => (side === 'client' ? 'The client' : 'The server');

/** @param {Finding['tone']} tone @param {string} title @param {string} text @returns {Finding} */
const finding = (tone, title, text) => ({ tone, title, text });

/** @param {Frame} frame @param {Call} call */
function aboutClientReset({ code, at }, call) {
  const { ended } = call;
  if (ended.server && !ended.client)
    return finding('good', 'The client stops sending', 'The call is over, and the server needs no more.');
  const gap = at - (ended.client?.event.at ?? at);
  // A call with a single request sends it with END_STREAM, and a cancel may truly follow soon.
  const isFalse = ended.client !== undefined && gap < SOON && call.sent > 1;
  if (ended.client) ended.client.isFalse = isFalse;
  if (call.timeout !== undefined && at - call.began >= call.timeout * NEARLY)
    return finding(
      'bad',
      'The deadline has passed',
      `The client gave the call ${duration(call.timeout)} (grpc-timeout). Now it gives up and resets the stream.` +
        (isFalse
          ? ` But ${duration(gap)} before that it sent END_STREAM, as if its upload were complete.`
          : ''),
    );
  if (isFalse) {
    const answer = ended.server ? ' This server has even answered it.' : '';
    return finding(
      'bad',
      'A false END_STREAM: the cancelled call looks complete',
      `END_STREAM means “that was my last message”. Only ${duration(gap)} later RST_STREAM says “${code}: I give up”. ` +
        `A server that acts on END_STREAM takes an incomplete upload for a complete one.${answer}`,
    );
  }
  if (!ended.client)
    return finding(
      'good',
      'An honest cancel',
      'The client gives up. It sent no END_STREAM, so the server can know that the upload is not complete.',
    );
  return finding('good', 'The client cancels', 'It had sent all its messages. It wants no more answers.');
}

/** @param {Frame} frame @param {Call} call */
export function aboutReset(frame, call) {
  if (call.reset) return undefined;
  call.reset = true;
  if (frame.side === 'client') return aboutClientReset(frame, call);
  if (frame.code === 'NO_ERROR')
    return finding('good', 'The server needs no more', 'It has answered. The client may stop sending.');
  return finding('bad', 'The server breaks the call off', `It resets the stream with ${frame.code}.`);
}

/** @param {Frame} frame @param {Call} call */
export function aboutTrailers(frame, call) {
  const status = statusOf(frame);
  if (status === undefined) return undefined;
  if (status !== 'OK')
    return finding(
      'bad',
      `The server ends the call with ${status}`,
      `${grpcMessageOf(frame) || 'It gives no message'}. The status is in the trailers, after all messages.`,
    );
  if (!call.ended.client)
    return finding(
      'waits',
      'An early answer',
      'The server has finished with OK, and the client is still sending. The client should stop.',
    );
  return undefined;
}

/** The window was empty, and is not any more. @param {Frame} frame @param {Side} writer @param {number} since */
function aboutGrant({ at, increment = 0 }, writer, since) {
  return finding(
    'good',
    `The ${writer} may go on`,
    `The ${otherSide(writer)} has read, and grants ${number(increment)} bytes more. The ${writer} had to wait ${duration(at - since)}.`,
  );
}

/** @param {Frame} frame @param {Call} call */
export function aboutWindow(frame, call) {
  const { side, windows } = frame;
  if (!windows) return undefined;
  const writer = frame.frame === 'DATA' ? side : otherSide(side);
  const which = (windows.stream ?? 1) <= 0 ? 'stream' : windows.connection <= 0 ? 'connection' : undefined;
  const since = call.emptySince[writer];
  if (which === undefined) {
    delete call.emptySince[writer];
    const long = since !== undefined && frame.at - since >= LONG_WAIT;
    // The next wait is a story of its own.
    if (long) call.told.delete(writer);
    return long ? aboutGrant(frame, writer, since) : undefined;
  }
  call.emptySince[writer] ??= frame.at;
  if (call.told.has(writer)) return undefined;
  call.told.add(writer);
  const reader = otherSide(writer);
  return finding(
    'waits',
    `The window of the ${which} is empty: the ${writer} must wait`,
    `The ${reader} has not read what it was sent. The ${writer} may send again when the ${reader} reads and grants ` +
      'more bytes with WINDOW_UPDATE. So a slow reader stops a fast writer.',
  );
}

/** @param {Side} side @param {string} code */
export const aboutGoaway = (side, code) =>
  code === 'NO_ERROR'
    ? finding(
        'waits',
        `${The(side)} is leaving`,
        'It takes no new calls on this connection. Calls that run may end.',
      )
    : finding('bad', `${The(side)} closes the connection: ${code}`, 'GOAWAY names the reason.');

/** A connection is gone before its calls are over. @param {Side} by @param {number} calls */
export const aboutLoss = (by, calls) =>
  finding(
    'bad',
    `The connection ends with ${counted(calls, 'open call')}`,
    by === 'client'
      ? 'No RST_STREAM came. The library of the server must tell its code that the call is cancelled.'
      : 'No trailers came, so there is no status. The library of the client makes one up, most often UNAVAILABLE.',
  );

/** @param {string} reason */
export const aboutForeign = (reason) =>
  finding('bad', 'These bytes are not understood', `${reason}. They are passed on unchanged.`);

export const UNANSWERED = finding(
  'bad',
  'This PING is never answered',
  'The line is silent, or the other side is.',
);
