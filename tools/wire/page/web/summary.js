// The line at the top: how the last call ended, and what is wrong. It is what a screen reader says by itself.
import { gaugesOf, isEmpty } from './connections.js';
import { SIDES } from './theme.js';
import { counted, number } from './words.js';

/** @import { Ended } from '../../src/events.ts' */
/** @import { PlayState } from '../play/choices.ts' */
/** @import { createStory } from './story.js' */
/** @import { createView } from './view.js' */

/** @param {Ended} ended */
function endedText({ method, stream, status, message, lost, resetBy, code, requests, responses }) {
  const how = [
    status && `status ${status}${message && message !== status ? ` (${message})` : ''}`,
    lost && 'the connection was lost',
    resetBy && `reset by the ${resetBy} with ${code}`,
  ].filter(Boolean);
  const name = method.split('/').at(-1) || `Stream ${stream}`;
  return `${name} has ended: ${how.join(', ') || 'no status'}; ${counted(requests, 'request')}, ${counted(responses, 'response')}`;
}

/** What to do when there is nothing to see. @param {PlayState | null} play */
function emptyText(play) {
  if (!play) return 'There is nothing to show yet. Make a call to the address that pnpm wire has printed.';
  if (play.running) return 'The server and the client are starting.';
  return 'There is nothing to show yet. Press one of the buttons under “Play”.';
}

/**
 * @param {object} parts
 * @param {HTMLElement} parts.summary
 * @param {HTMLElement} parts.trouble
 * @param {HTMLElement} parts.empty
 * @param {ReturnType<typeof createView>} parts.view
 * @param {ReturnType<typeof createStory>} parts.story
 */
export function createSummary({ summary, trouble, empty, view, story }) {
  /** @type {PlayState | null} */
  let play = null;
  let missed = 0;

  function text() {
    const connection = story.connections.get(view.connection() ?? view.rows.at(-1)?.event.connection ?? 0);
    if (!connection) return '';
    if (connection.last?.ended) return endedText(connection.last.ended);
    if (connection.closed) return 'The connection is closed';
    const open = [...connection.streams.values()].filter(({ ended }) => !ended).length;
    const now = gaugesOf(connection);
    const waiting = SIDES.find((side) => isEmpty(now[side]));
    return `${counted(open, 'call')} open${waiting ? `; the ${waiting} must wait: its window is empty` : ''}`;
  }

  /** @param {string} reason */
  function showTrouble(reason) {
    trouble.textContent = reason;
    trouble.hidden = reason === '';
  }

  return {
    trouble: showTrouble,
    /** @param {PlayState | null} state null: this page can't start calls */
    plays(state) {
      play = state;
      this.show();
    },
    /** @param {boolean} is */
    connected(is) {
      showTrouble(is ? '' : 'pnpm wire does not answer; the page tries again');
    },
    /** @param {number} count */
    missed(count) {
      missed += count;
      this.show();
    },
    show() {
      const lost = missed + story.forgotten();
      const note = lost > 0 ? ` – the oldest ${number(lost)} events are no longer kept` : '';
      // A screen reader would say it again.
      const now = text() + note;
      if (summary.textContent !== now) summary.textContent = now;
      empty.hidden = view.rows.length > 0;
      empty.textContent = emptyText(play);
    },
  };
}
