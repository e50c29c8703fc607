// Colours, fonts, and where the lanes are.

const NAMES = /** @type {const} */ ([
  'text',
  'faint',
  'line',
  'surface',
  'client',
  'server',
  'tank',
  'good',
  'waits',
  'bad',
  'good-ground',
  'waits-ground',
  'bad-ground',
  'selected',
]);

/** @typedef {Record<(typeof NAMES)[number], string>} Colours */
/** @typedef {{ time: number, tank: number, left: number, right: number, width: number, isNarrow: boolean }} Lanes */

export const FONT = '13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
export const BOLD = `600 ${FONT}`;
export const SMALL = '11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';

export const SIDES = /** @type {const} */ (['client', 'server']);

/** @returns {Colours} */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const colours = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(colours);
}

/** @param {number} width @returns {Lanes} */
export function lanesOf(width) {
  const isNarrow = width < 520;
  const time = isNarrow ? 46 : 66;
  const tank = isNarrow ? 22 : 60;
  return { time, tank, left: time + tank + 4, right: width - tank - 8, width, isNarrow };
}
