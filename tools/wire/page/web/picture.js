// The picture: a canvas as large as the window on it. A scroll bar of the browser moves the window, and only what is in
// the window is drawn.
import { createLayout, TEXT_HEIGHT } from './layout.js';
import { createPainter } from './paint.js';
import { BOLD, FONT, lanesOf, readColours } from './theme.js';

/** @import { Row } from './story.js' */
/** @import { createView } from './view.js' */
/** @import { createPlayhead } from './playhead.js' */

const HEIGHTS = [3, 8, TEXT_HEIGHT, 26, 34];
const HEAD = 26;
/** How long a frame takes from lane to lane on the screen, in milliseconds. */
const FLIGHT = 220;

/**
 * @param {object} parts
 * @param {HTMLElement} parts.scroller
 * @param {HTMLCanvasElement} parts.canvas
 * @param {HTMLElement} parts.spacer
 * @param {ReturnType<typeof createView>} parts.view
 * @param {ReturnType<typeof createPlayhead>} parts.playhead
 * @param {(row: Row) => void} parts.select
 */
export function createPicture({ scroller, canvas, spacer, view, playhead, select }) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const measured = (/** @type {string} */ font) => (/** @type {string} */ text) => {
    context.font = font;
    return context.measureText(text).width;
  };
  const layout = createLayout(measured(BOLD), measured(FONT));
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const most = { client: 65_535, server: 65_535 };
  let zoom = 3;
  let lanes = lanesOf(600);
  let painter = createPainter(context, readColours(), lanes);
  let colours = readColours();
  let scheduled = false;
  let measuredRows = 0;
  /** Whether the window stays at the end of what comes. */
  let follows = true;
  /** @type {Row | undefined} */
  let selected;

  const height = () => HEIGHTS[zoom] ?? 26;

  function resize() {
    const ratio = devicePixelRatio;
    const [width, tall] = [scroller.clientWidth, scroller.clientHeight];
    canvas.width = width * ratio;
    canvas.height = tall * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${tall}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    lanes = lanesOf(width);
    colours = readColours();
    painter = createPainter(context, colours, lanes);
    changed();
  }

  /** The scale of the windows: the largest one so far. */
  function measureWindows() {
    if (measuredRows > view.rows.length) measuredRows = 0;
    for (; measuredRows < view.rows.length; measuredRows++) {
      const gauges = view.rows[measuredRows]?.gauges;
      for (const side of /** @type {const} */ (['client', 'server']))
        most[side] = Math.max(most[side], gauges?.[side].stream ?? 0);
    }
  }

  function head() {
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, lanes.width, HEAD);
    context.font = BOLD;
    context.textAlign = 'left';
    context.fillStyle = colours.client;
    context.fillText('Client', lanes.left - 8, HEAD / 2);
    context.textAlign = 'right';
    context.fillStyle = colours.server;
    context.fillText('Server', lanes.right + 8, HEAD / 2);
    context.fillStyle = colours.faint;
    context.font = FONT;
    context.fillText('ms', lanes.time - 6, HEAD / 2);
    context.fillStyle = colours.line;
    context.fillRect(0, HEAD - 1, lanes.width, 1);
  }

  /** @param {number} bottom */
  function laneLines(bottom) {
    for (const side of /** @type {const} */ (['client', 'server'])) {
      context.fillStyle = colours[side];
      context.fillRect(side === 'client' ? lanes.left - 1 : lanes.right - 1, HEAD, 2, bottom - HEAD);
    }
  }

  function draw() {
    scheduled = false;
    const size = height();
    layout.update(view.rows, view.builds(), size, lanes.right - lanes.left - 50);
    measureWindows();
    const count = layout.heightOf(view.rows, playhead.shown());
    const tall = scroller.clientHeight;
    spacer.style.height = `${Math.max(0, HEAD + count * size + 20 - tall)}px`;
    if (follows) scroller.scrollTop = scroller.scrollHeight;
    const top = scroller.scrollTop;
    const first = Math.floor(top / size);
    const last = Math.min(count, Math.ceil((top + tall) / size));
    context.clearRect(0, 0, lanes.width, tall);
    context.textBaseline = 'middle';
    drawPlaces(first, last, top, size);
    head();
  }

  /** @param {number} first @param {number} last @param {number} top @param {number} size */
  function drawPlaces(first, last, top, size) {
    const now = performance.now();
    const start = view.rows[0]?.event.at ?? 0;
    const withText = size >= TEXT_HEIGHT;
    let flying = false;
    if (selected) {
      context.fillStyle = colours.selected;
      context.fillRect(0, HEAD + selected.place * size - top, lanes.width, size);
    }
    laneLines(Math.min(scroller.clientHeight, HEAD + last * size - top + 10));
    for (let index = first; index < last; index++) {
      const place = layout.places[index];
      const y = HEAD + index * size - top;
      if (!place) continue;
      if (place.kind === 'gap') painter.gap(place, y, size);
      if (place.kind === 'finding' && (index === first || index === place.first))
        painter.finding(place, HEAD + place.first * size - top, size);
      painter.tanks(place.row, y, size, most);
      if (place.kind !== 'row') continue;
      const { row } = place;
      const progress = still.matches ? 1 : Math.min(1, (now - row.shown) / FLIGHT);
      flying ||= progress < 1;
      painter.row(row, y, size, progress, withText);
      if (withText) painter.time(row.event.at - start, y, size);
    }
    if (flying) changed();
  }

  function changed() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(draw);
  }

  scroller.addEventListener('scroll', () => {
    follows = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 30;
    changed();
  });
  scroller.addEventListener('click', ({ clientY }) => {
    const y = clientY - scroller.getBoundingClientRect().top - HEAD + scroller.scrollTop;
    const place = layout.places[Math.floor(y / height())];
    if (place?.kind === 'row') select(place.row);
  });
  new ResizeObserver(resize).observe(scroller);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', resize);

  return {
    changed,
    /** @param {number} steps */
    zoom(steps) {
      const middle = (scroller.scrollTop + scroller.clientHeight / 2) / height();
      zoom = Math.max(0, Math.min(HEIGHTS.length - 1, zoom + steps));
      draw();
      if (!follows) scroller.scrollTop = middle * height() - scroller.clientHeight / 2;
    },
    follow() {
      follows = true;
      changed();
    },
    /** @param {Row | undefined} row @param {boolean} [scroll] */
    show(row, scroll = true) {
      selected = row;
      if (row && scroll) {
        const y = row.place * height();
        const top = scroller.scrollTop;
        const room = scroller.clientHeight - HEAD - height();
        if (y < top || y > top + room) {
          follows = false;
          scroller.scrollTop = y - room / 2;
        }
      }
      changed();
    },
  };
}
