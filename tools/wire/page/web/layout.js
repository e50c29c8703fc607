// Where things are in the picture. Every place has the same height, so that the place under a pixel is a division, with
// a hundred thousand frames too. What needs more room gets several places.

/** @import { Finding } from './explain.js' */
/** @import { Row } from './story.js' */

/**
 * @typedef {{ kind: 'row', row: Row }
 *   | { kind: 'gap', milliseconds: number, row: Row }
 *   | { kind: 'finding', row: Row, finding: Finding, titles: string[], lines: string[], first: number, places: number }} Place
 */

/** A silence that is longer gets a place, in milliseconds. */
const GAP = 120;
export const FINDING_LINE = 19;
const FINDING_ROOM = 22;

/** Below this height there is no room for text. */
export const TEXT_HEIGHT = 18;

/**
 * Breaks a text into lines.
 *
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
function wrap(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/**
 * @param {(text: string) => number} measureTitle
 * @param {(text: string) => number} measureText
 */
export function createLayout(measureTitle, measureText) {
  /** @type {Place[]} */
  const places = [];
  let taken = 0;
  /** @type {unknown} */
  let key;

  /** @param {Row} row @param {Finding} finding @param {number} height @param {number} width */
  function addFinding(row, finding, height, width) {
    const titles = wrap(finding.title, width, measureTitle);
    const lines = wrap(finding.text, width, measureText);
    const count = Math.ceil(((titles.length + lines.length) * FINDING_LINE + FINDING_ROOM) / height);
    /** @type {Place} */
    const place = { kind: 'finding', row, finding, titles, lines, first: places.length, places: count };
    for (let index = 0; index < count; index++) places.push(place);
  }

  return {
    places,
    /**
     * Lays out what is new in `rows`; all of them when `build`, the height of a place or the width has changed.
     *
     * @param {Row[]} rows @param {number} build @param {number} height @param {number} width
     */
    update(rows, build, height, width) {
      const wanted = `${build} ${height} ${width}`;
      if (key !== wanted) {
        key = wanted;
        places.length = 0;
        taken = 0;
      }
      for (; taken < rows.length; taken++) {
        const row = rows[taken];
        if (!row) continue;
        const { at } = row.event;
        const before = rows[taken - 1];
        if (height >= TEXT_HEIGHT && before && at - before.event.at > GAP)
          places.push({ kind: 'gap', milliseconds: at - before.event.at, row: before });
        row.place = places.length;
        places.push({ kind: 'row', row });
        if (height >= TEXT_HEIGHT && row.finding) addFinding(row, row.finding, height, width);
      }
    },
    /** How many places the first rows take. @param {Row[]} rows @param {number} shown */
    heightOf: (rows, shown) => rows[shown]?.place ?? places.length,
  };
}
