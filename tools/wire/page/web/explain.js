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
 * In milliseconds. A client that has sent its last message waits for the answer. If it cancels sooner than this, END_STREAM
 * was most likely part of the cancel.
 */
const SOON = 250;
/** The tap sees a call a little later than its client starts it. So the deadline seems to pass a little early. */
const NEARLY = 0.9;
/** A shorter wait is not explained, in milliseconds. */
const LONG_WAIT = 100;
/** @param {Side} side */
const The = (side) => (side === 'client' ? 'The client' : 'The server');

/** @param {Finding['tone']} tone @param {string} title @param {string} text @returns {Finding} */
const finding = (tone, title, text) => ({ tone, title, text });

/** @param {Frame} frame @param {Call} call */
function aboutClientReset({ code, at }, call) {
  const { ended } = call;
  if (ended.server && !ended.client)
    return finding(
      'good',
      'The client stops sending',
      'The call is over. The server does not need more requests.',
    );
  const gap = at - (ended.client?.event.at ?? at);
  // A call with a single request sends it with END_STREAM, and a cancel may truly follow soon.
  const isFalse = ended.client !== undefined && gap < SOON && call.sent > 1;
  if (ended.client) ended.client.isFalse = isFalse;
  if (call.timeout !== undefined && at - call.began >= call.timeout * NEARLY)
    return finding(
      'bad',
      'The deadline has passed',
      `The client allowed ${duration(call.timeout)} for the call (grpc-timeout). Now it cancels the call with a reset.` +
        (isFalse ? ` But it sent END_STREAM ${duration(gap)} earlier, as if its upload were complete.` : ''),
    );
  if (isFalse) {
    const answer = ended.server ? ' This server has already answered.' : '';
    return finding(
      'bad',
      'A false END_STREAM: the cancelled call looks complete',
      `END_STREAM means “that was my last message”. Only ${duration(gap)} later RST_STREAM says “${code}: I cancel this call”. ` +
        `A server that trusts END_STREAM treats this incomplete upload as complete.${answer}`,
    );
  }
  if (!ended.client)
    return finding(
      'good',
      'The server can see that the call is cancelled',
      'The client has not sent END_STREAM. So the server knows that the upload is not complete.',
    );
  return finding(
    'good',
    'The client cancels',
    'It had sent all its messages. It does not want more responses.',
  );
}

/** @param {Frame} frame @param {Call} call */
export function aboutReset(frame, call) {
  if (call.reset) return undefined;
  call.reset = true;
  if (frame.side === 'client') return aboutClientReset(frame, call);
  if (frame.code === 'NO_ERROR')
    return finding(
      'good',
      'The server does not need more requests',
      'It has answered. The client can stop sending.',
    );
  return finding('bad', 'The server ends the call with a reset', `The reset has the code ${frame.code}.`);
}

/** @param {Frame} frame @param {Call} call */
export function aboutTrailers(frame, call) {
  const status = statusOf(frame);
  if (status === undefined) return undefined;
  if (status !== 'OK')
    return finding(
      'bad',
      `The server ends the call with ${status}`,
      `${grpcMessageOf(frame) || 'There is no message'}. The status is in the trailers, after all messages.`,
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
    `The ${writer} can send again`,
    `The ${otherSide(writer)} has read, and allows ${number(increment)} more bytes. The ${writer} had to wait ${duration(at - since)}.`,
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
    `The ${reader} has not read what the ${writer} sent. When the ${reader} reads, it allows more bytes with WINDOW_UPDATE. ` +
      'So a slow reader stops a fast writer.',
  );
}

/** @param {Side} side @param {string} code */
export const aboutGoaway = (side, code) =>
  code === 'NO_ERROR'
    ? finding(
        'waits',
        `${The(side)} accepts no new calls`,
        'GOAWAY says that this connection will close. Calls that are open may finish.',
      )
    : finding('bad', `${The(side)} closes the connection: ${code}`, 'GOAWAY gives the reason.');

/** A connection ends before its calls. @param {Side} by @param {number} calls */
export const aboutLoss = (by, calls) =>
  finding(
    'bad',
    `The connection ends with ${counted(calls, 'open call')}`,
    by === 'client'
      ? 'No RST_STREAM came. The library of the server must tell its code that the call is cancelled.'
      : 'No trailers came, so the server sent no status. The library of the client reports one itself, usually UNAVAILABLE.',
  );

/** @param {string} reason */
export const aboutForeign = (reason) =>
  finding('bad', 'The tap does not understand these bytes', `${reason}. They are passed on unchanged.`);

export const UNANSWERED = finding(
  'bad',
  'This PING is never answered',
  'The network has stopped, or the other side has.',
);
