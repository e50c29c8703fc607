// Joins the parts of the page.
import { createChoosers } from './choosers.js';
import { createDetails } from './details.js';
import { createGauges } from './gauges.js';
import { createList } from './list.js';
import { createPicture } from './picture.js';
import { createPlay } from './play.js';
import { createPlayhead } from './playhead.js';
import { listen } from './source.js';
import { createStory } from './story.js';
import { createSummary } from './summary.js';
import { addTools } from './tools.js';
import { createView } from './view.js';

/** @import { Row } from './story.js' */

/** How often the text beside the picture changes while frames come, in milliseconds. */
const TEXT_INTERVAL = 250;

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
function find(id, type) {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`the page has no ${type.name} "${id}"`);
}

/** @param {string} id */
const box = (id) => find(id, HTMLElement);
/** @param {string} id */
const button = (id) => find(id, HTMLButtonElement);

const story = createStory();
const view = createView(story);
const playhead = createPlayhead(() => view.rows, changed);
const details = createDetails(box('detail'));
const gauges = createGauges(box('gauge-list'));
const scroller = box('scroller');
const picture = createPicture({
  scroller,
  canvas: find('canvas', HTMLCanvasElement),
  spacer: box('spacer'),
  view,
  playhead,
  select,
});
const list = createList({
  list: box('list'),
  earlier: button('earlier'),
  later: button('later'),
  rows: () => view.rows.slice(0, playhead.shown()),
  select,
});
const choosers = createChoosers({
  connection: find('connection', HTMLSelectElement),
  stream: find('stream', HTMLSelectElement),
  noise: find('noise', HTMLInputElement),
  story,
  view,
  changed() {
    select(undefined);
    playhead.live();
  },
});
const summary = createSummary({
  summary: box('summary'),
  trouble: box('trouble'),
  empty: box('empty'),
  view,
  story,
});
const play = createPlay({
  panel: box('play'),
  presets: box('presets'),
  form: find('order', HTMLFormElement),
  speedText: box('speed-text'),
  stop: button('stop'),
  trouble: summary.trouble,
  started() {
    view.choose({ connection: 'newest', stream: 'all' });
    select(undefined);
    playhead.live();
    picture.follow();
    // On a phone the picture is below the buttons.
    box('wire').scrollIntoView({ block: 'nearest' });
  },
});

/** @type {Row | undefined} */
let selected;
let textIsDue = false;

const start = () => view.rows[0]?.event.at ?? 0;

/** @param {Row | undefined} row */
function select(row) {
  selected = row;
  details.show(row, start());
  // A screen reader says it.
  scroller.ariaValueMax = String(view.rows.length);
  scroller.ariaValueNow = String(row ? view.rows.indexOf(row) + 1 : 0);
  scroller.ariaValueText = row ? details.spoken(row, start()) : 'none';
  list.mark(row);
  picture.show(row, row !== undefined);
  showGauges();
}

function showGauges() {
  const isLive = playhead.mode() === 'live';
  const row = selected ?? (isLive ? undefined : view.rows[playhead.shown() - 1]);
  const number = view.connection() ?? view.rows.at(-1)?.event.connection;
  gauges.show(row?.gauges ?? story.now(number ?? 0));
}

function showText() {
  textIsDue = false;
  choosers.show();
  list.show();
  showGauges();
  summary.show();
  tools.show();
}

/** Shows what is new: the picture at once, the text a few times a second. */
function changed() {
  view.update();
  picture.changed();
  if (textIsDue) return;
  textIsDue = true;
  setTimeout(showText, TEXT_INTERVAL);
}

const tools = addTools({
  button,
  pace: find('pace', HTMLSelectElement),
  scroller,
  playhead,
  picture,
  /** @param {number} steps */
  move(steps) {
    const rows = view.rows;
    const index = selected ? rows.indexOf(selected) : steps > 0 ? -1 : playhead.shown();
    const row = rows[Math.max(0, Math.min(playhead.shown() - 1, index + steps))];
    if (!row) return;
    select(row);
  },
  unselect: () => select(undefined),
});

select(undefined);
showText();
listen({
  events(events) {
    story.add(events);
    changed();
  },
  missed: summary.missed,
  playing(state) {
    summary.plays(state);
    if (!state) return;
    play.show(state);
    if (!state.first || state.first === view.filter().since) return;
    view.choose({ connection: 'newest', stream: 'all', since: state.first });
    changed();
  },
  connected: summary.connected,
});
