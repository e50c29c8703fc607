// All that is known about the selected row. Texts from the wire become text nodes, never markup.
import { duration, frameText, number, rowText } from './words.js';

/** @import { Frame } from '../../src/events.ts' */
/** @import { Finding } from './explain.js' */
/** @import { Row } from './story.js' */

/** @param {string} tag @param {string} text */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** @param {Finding} finding */
function findingElement({ tone, title, text }) {
  const box = document.createElement('div');
  box.className = 'finding';
  box.dataset.tone = tone;
  box.append(element('h3', title), element('p', text));
  return box;
}

/** @param {Frame} frame @returns {[string, string][]} */
function frameFields(frame) {
  const { id, side, stream, flags, length, windows, settings, code, lastStream, debug, ping } = frame;
  /** @type {[string, string | undefined][]} */
  const fields = [
    ['sent by', `the ${side}`],
    ['frame', `${number(id)} of its connection`],
    ['stream', stream === 0 ? '0, the connection itself' : number(stream)],
    ['flags', flags.join(', ') || 'none'],
    ['payload', `${number(length)} bytes`],
    ['code', code],
    ['last stream', lastStream === undefined ? undefined : number(lastStream)],
    ['debug data', debug],
    ['ping', ping],
    ['stream window', windows?.stream === undefined ? undefined : `${number(windows.stream)} bytes left`],
    ['connection window', windows && `${number(windows.connection)} bytes left`],
    ...Object.entries(settings ?? {}).map(
      ([name, value]) => /** @type {[string, string]} */ ([name, number(value)]),
    ),
    ...(frame.headers ?? []).map(([name, value]) => /** @type {[string, string]} */ ([name, value])),
  ];
  return fields.filter(/** @returns {field is [string, string]} */ (field) => field[1] !== undefined);
}

/** @param {Row} row @param {number} start @returns {[string, string][]} */
function fieldsOf({ event, messages }, start) {
  /** @type {[string, string][]} */
  const common = [
    ['time', `${(event.at - start).toFixed(3)} ms`],
    ['connection', number(event.connection)],
  ];
  if (event.type !== 'frame') return common;
  const all = messages.map((message) => {
    const { length, compressed, frames } = message;
    const span = frames[0] === frames[1] ? '' : `, in the frames ${frames[0]} to ${frames[1]}`;
    return /** @type {[string, string]} */ ([
      `message ${message.number}`,
      `${message.text || '(empty)'} – ${number(length)} bytes${compressed ? ', compressed' : ''}${span}`,
    ]);
  });
  return [...common, ...frameFields(event), ...all];
}

/** @param {HTMLElement} box */
export function createDetails(box) {
  return {
    /** @param {Row | undefined} row @param {number} start when the picture begins */
    show(row, start) {
      if (!row) {
        box.replaceChildren(element('p', 'Click a frame, or select one with the arrow keys.'));
        return;
      }
      const list = document.createElement('dl');
      for (const [name, value] of fieldsOf(row, start))
        list.append(element('dt', name), element('dd', value));
      const { event, finding } = row;
      const title = event.type === 'frame' ? frameText(event) : rowText(row);
      box.replaceChildren(element('h3', title), ...(finding ? [findingElement(finding)] : []), list);
    },
    /** For a screen reader. @param {Row} row @param {number} start */
    spoken: (row, start) =>
      `${duration(row.event.at - start)}: ${'side' in row.event ? row.event.side : ''} ${rowText(row)}. ${row.finding?.title ?? ''}`,
  };
}
