// The buttons and keys for time and size.
import { number } from './words.js';

/** @import { createPicture } from './picture.js' */
/** @import { createPlayhead } from './playhead.js' */

const PAGE = 20;

/**
 * @param {object} parts
 * @param {(id: string) => HTMLButtonElement} parts.button
 * @param {HTMLSelectElement} parts.pace
 * @param {HTMLElement} parts.scroller
 * @param {ReturnType<typeof createPlayhead>} parts.playhead
 * @param {ReturnType<typeof createPicture>} parts.picture
 * @param {(steps: number) => void} parts.move moves the selection
 * @param {() => void} parts.unselect
 */
export function addTools({ button, pace, scroller, playhead, picture, move, unselect }) {
  const pause = button('pause');

  function togglePause() {
    if (playhead.mode() !== 'paused') return playhead.pause();
    unselect();
    playhead.live();
    picture.follow();
  }

  /** @param {number} rows */
  function step(rows) {
    unselect();
    playhead.step(rows);
    picture.follow();
  }

  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(PAGE),
    PageUp: () => move(-PAGE),
    Home: () => move(Number.NEGATIVE_INFINITY),
    End: () => move(Number.POSITIVE_INFINITY),
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    '+': () => picture.zoom(1),
    '-': () => picture.zoom(-1),
    ' ': togglePause,
    Escape: unselect,
  };

  pause.addEventListener('click', togglePause);
  button('step').addEventListener('click', () => step(1));
  button('back').addEventListener('click', () => step(-1));
  button('replay').addEventListener('click', () => {
    unselect();
    playhead.replay(Number(pace.value));
    picture.follow();
  });
  button('zoom-in').addEventListener('click', () => picture.zoom(1));
  button('zoom-out').addEventListener('click', () => picture.zoom(-1));
  scroller.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  return {
    show() {
      const stands = playhead.mode() === 'paused';
      pause.setAttribute('aria-pressed', String(stands));
      const more = playhead.behind();
      pause.textContent = stands ? `Continue${more > 0 ? ` (${number(more)} more)` : ''}` : 'Pause';
    },
  };
}
