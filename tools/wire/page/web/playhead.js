// How far the picture is: at the end of what comes, standing still, or playing it again.

/** @import { Row } from './story.js' */

/** The longest pause of a replay, in milliseconds. */
const LONGEST_PAUSE = 1000;

/**
 * @param {() => Row[]} rowsNow
 * @param {() => void} changed
 */
export function createPlayhead(rowsNow, changed) {
  /** @type {'live' | 'paused' | 'replay'} */
  let mode = 'live';
  let shown = 0;
  /** @type {number | undefined} */
  let timer;

  /** @param {number} count */
  function show(count) {
    const rows = rowsNow();
    const before = shown;
    shown = Math.max(0, Math.min(count, rows.length));
    for (const row of rows.slice(before, shown)) row.shown = performance.now();
    changed();
  }

  function pause() {
    if (mode === 'live') shown = rowsNow().length;
    clearTimeout(timer);
    mode = 'paused';
    changed();
  }

  /** @param {number} pace */
  function turn(pace) {
    const rows = rowsNow();
    if (shown >= rows.length) return pause();
    const now = rows[shown]?.event.at ?? 0;
    let next = shown + 1;
    // What came in the time of one picture comes at once.
    while (next < rows.length && ((rows[next]?.event.at ?? 0) - now) / pace < 16) next++;
    show(next);
    const wait = Math.min(((rows[next]?.event.at ?? now) - now) / pace, LONGEST_PAUSE);
    timer = setTimeout(turn, wait, pace);
  }

  return {
    mode: () => mode,
    /** How many rows are to be seen. */
    shown: () => (mode === 'live' ? rowsNow().length : Math.min(shown, rowsNow().length)),
    /** How many rows are not to be seen yet. */
    behind: () => (mode === 'live' ? 0 : Math.max(0, rowsNow().length - shown)),
    pause,
    live() {
      clearTimeout(timer);
      mode = 'live';
      changed();
    },
    /** @param {number} rows */
    step(rows) {
      pause();
      show(shown + rows);
    },
    /** @param {number} pace 1 is as fast as it was */
    replay(pace) {
      clearTimeout(timer);
      mode = 'replay';
      shown = 0;
      turn(pace);
    },
  };
}
