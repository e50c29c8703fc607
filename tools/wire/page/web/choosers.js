// Which connection and which stream is shown.
import { counted } from './words.js';

/** @import { Stream } from './connections.js' */
/** @import { createStory } from './story.js' */
/** @import { createView } from './view.js' */

/** A list that is longer helps nobody. */
const MOST_OPTIONS = 200;

/** @param {Stream} stream */
function streamText({ stream, method, ended }) {
  const how =
    ended &&
    (ended.resetBy ? `reset by the ${ended.resetBy}` : (ended.status ?? (ended.lost ? 'lost' : 'ended')));
  return [`${stream}`, method.split('/').at(-1), how].filter(Boolean).join(' · ');
}

/**
 * @param {object} parts
 * @param {HTMLSelectElement} parts.connection
 * @param {HTMLSelectElement} parts.stream
 * @param {HTMLInputElement} parts.noise
 * @param {ReturnType<typeof createStory>} parts.story
 * @param {ReturnType<typeof createView>} parts.view
 * @param {() => void} parts.changed
 */
export function createChoosers({ connection, stream, noise, story, view, changed }) {
  let shown = '';

  connection.addEventListener('change', () => {
    const { value } = connection;
    view.choose({
      connection: value === 'newest' || value === 'all' ? value : Number(value),
      stream: 'all',
    });
    changed();
  });
  stream.addEventListener('change', () => {
    view.choose({ stream: stream.value === 'all' ? 'all' : Number(stream.value) });
    changed();
  });
  noise.addEventListener('change', () => {
    view.choose({ noise: noise.checked });
    changed();
  });

  /** @param {HTMLSelectElement} select @param {[string, string][]} options @param {string} value */
  function fill(select, options, value) {
    select.replaceChildren(...options.map(([key, text]) => new Option(text, key)));
    select.value = value;
  }

  return {
    show() {
      const number = view.connection();
      const streams =
        number === undefined ? [] : [...(story.connections.get(number)?.streams.values() ?? [])];
      const filter = view.filter();
      const latest = streams.slice(-MOST_OPTIONS);
      const texts = latest.map(streamText);
      const now = [story.connections.size, ...texts, filter.connection, filter.stream].join();
      // Options that are replaced close a list that is open.
      if (now === shown) return;
      shown = now;
      fill(
        connection,
        [
          ['newest', filter.since ? 'of the last call' : 'the newest'],
          ['all', 'all'],
          ...[...story.connections.keys()]
            .slice(-MOST_OPTIONS)
            .map((key) => /** @type {[string, string]} */ ([String(key), String(key)])),
        ],
        String(filter.connection),
      );
      fill(
        stream,
        [
          ['all', `all (${counted(streams.length, 'stream')})`],
          ...latest.map(
            ({ stream: key }, index) => /** @type {[string, string]} */ ([String(key), texts[index]]),
          ),
        ],
        String(filter.stream),
      );
      stream.disabled = number === undefined;
    },
  };
}
