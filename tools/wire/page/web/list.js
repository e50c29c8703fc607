// The frames as text: some of them at a time, so that the page stays fast, and a screen reader has a list of sensible length.
import { rowText } from './words.js';

/** @import { Row } from './story.js' */

const LENGTH = 50;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.list
 * @param {HTMLButtonElement} parts.earlier
 * @param {HTMLButtonElement} parts.later
 * @param {() => Row[]} parts.rows those to be seen
 * @param {(row: Row) => void} parts.select
 */
export function createList({ list, earlier, later, rows, select }) {
  /** The last row of the list; undefined: the end of what comes. @type {number | undefined} */
  let end;
  /** @type {Row | undefined} */
  let selected;

  /** @param {Row} row @param {number} start */
  function item(row, start) {
    const button = document.createElement('button');
    const who = document.createElement('b');
    const { event, finding } = row;
    button.type = 'button';
    if ('side' in event) {
      who.className = event.side;
      who.textContent = event.type === 'seen' ? `${event.side}’s code ` : `${event.side} `;
    }
    const text = `${rowText(row)}${finding ? ` – ${finding.title}` : ''}`;
    button.append(`${(event.at - start).toFixed(2)} `, who, text);
    if (row === selected) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => select(row));
    const line = document.createElement('li');
    line.append(button);
    return line;
  }

  function show() {
    const all = rows();
    const last = Math.min(end ?? all.length, all.length);
    const first = Math.max(0, last - LENGTH);
    const start = all[0]?.event.at ?? 0;
    const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 30;
    list.replaceChildren(...all.slice(first, last).map((row) => item(row, start)));
    if (atEnd) list.scrollTop = list.scrollHeight;
    earlier.disabled = first === 0;
    later.disabled = last === all.length;
  }

  /** Scrolls the list alone. `scrollIntoView` would also move the page, away from the picture. */
  function showMarked() {
    const marked = list.querySelector('[aria-current]')?.getBoundingClientRect();
    if (!marked) return;
    const { top, bottom } = list.getBoundingClientRect();
    if (marked.top < top || marked.bottom > bottom) list.scrollTop += marked.top - top;
  }

  earlier.addEventListener('click', () => {
    end = Math.max(LENGTH, Math.min(end ?? rows().length, rows().length) - LENGTH);
    show();
  });
  later.addEventListener('click', () => {
    end = (end ?? rows().length) + LENGTH;
    if (end >= rows().length) end = undefined;
    show();
  });

  return {
    show,
    /** @param {Row | undefined} row */
    mark(row) {
      selected = row;
      const all = rows();
      const index = row ? all.indexOf(row) : -1;
      const last = Math.min(end ?? all.length, all.length);
      if (index >= 0 && (index >= last || index < last - LENGTH))
        end = Math.min(all.length, index + LENGTH / 2);
      if (!row) end = undefined;
      show();
      showMarked();
    },
  };
}
