// The rows that a person wants to see: of one connection or all, of one stream or all.

/** @import { createStory, Row } from './story.js' */

/**
 * `since`: the newest are all connections from this one on, because they are of one call.
 *
 * @typedef {{ connection: number | 'newest' | 'all', stream: number | 'all', noise: boolean, since?: number }} Filter
 */

/** @param {ReturnType<typeof createStory>} story */
export function createView(story) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Filter} */
  let filter = { connection: 'newest', stream: 'all', noise: false };
  let next = 0;
  let seenVersion = 0;
  let builds = 0;
  let newest = 0;

  /** @param {Row} row */
  function isWanted({ event, finding }) {
    if (filter.connection === 'newest') {
      if (event.connection < (filter.since ?? newest)) return false;
    } else if (filter.connection !== 'all' && event.connection !== filter.connection) return false;
    if (event.type !== 'frame' && event.type !== 'foreign') return true;
    if (event.stream === undefined) return true;
    if (event.stream === 0) return filter.noise || finding !== undefined;
    return filter.stream === 'all' || event.stream === filter.stream;
  }

  function rebuild() {
    rows.length = 0;
    next = 0;
    seenVersion = story.version();
    builds++;
  }

  /** Takes what is new in the story. */
  function update() {
    const last = story.rows.at(-1)?.event.connection ?? 0;
    const isNew = last > newest;
    newest = Math.max(newest, last);
    if (isNew && filter.connection === 'newest' && !filter.since) {
      filter = { ...filter, stream: 'all' };
      rebuild();
    }
    if (seenVersion !== story.version()) rebuild();
    for (; next < story.rows.length; next++) {
      const row = story.rows[next];
      if (row && isWanted(row)) rows.push(row);
    }
  }

  return {
    rows,
    /** Changes whenever rows change in another way than by new ones at the end. */
    builds: () => builds,
    /** The connection that is shown; undefined: all. */
    connection() {
      if (filter.connection === 'all') return undefined;
      return filter.connection === 'newest' ? newest : filter.connection;
    },
    filter: () => filter,
    /** @param {Partial<Filter>} change */
    choose(change) {
      filter = { ...filter, ...change };
      rebuild();
      update();
    },
    update,
  };
}
