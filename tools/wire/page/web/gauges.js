// What each side may still send, and what waits in its queues: a row for each, and a column for each side.
import { number } from './words.js';

/** @import { Side } from '../../src/events.ts' */
/** @import { Gauges } from './connections.js' */
/** @import { Row } from './story.js' */

/** @typedef {{ side: Side, name: keyof Gauges, meter: HTMLMeterElement, value: HTMLElement, box: HTMLElement }} Gauge */

const SIDES = /** @type {const} */ (['client', 'server']);
const LABELS = /** @type {const} */ ({
  stream: 'may still send in this stream',
  connection: 'may still send on this connection',
  queued: 'waits in its queues',
});

/** @param {Side} side @param {keyof Gauges} name @returns {Gauge} */
function createGauge(side, name) {
  const box = document.createElement('div');
  const meter = document.createElement('meter');
  const value = document.createElement('span');
  box.className = `gauge ${side}`;
  box.id = `gauge-${side}-${name}`;
  meter.ariaLabel = `The ${side} ${LABELS[name]}, in bytes`;
  meter.max = 65_535;
  value.className = 'value';
  box.append(meter, value);
  return { side, name, meter, value, box };
}

/** @param {HTMLElement} list */
export function createGauges(list) {
  /** @type {Gauge[]} */
  const gauges = [];
  /** @type {HTMLElement[]} */
  const queues = [];
  for (const name of /** @type {const} */ (['stream', 'connection', 'queued'])) {
    const label = document.createElement('p');
    label.textContent = `${LABELS[name]}:`;
    const row = SIDES.map((side) => createGauge(side, name));
    gauges.push(...row);
    list.append(label, ...row.map(({ box }) => box));
    if (name === 'queued') queues.push(label, ...row.map(({ box }) => box));
  }

  return {
    /** @param {Row['gauges']} now */
    show(now) {
      // Known only where both sides are ours.
      const isDemo = SIDES.some((side) => now[side].queued !== undefined);
      for (const element of queues) element.hidden = !isDemo;
      for (const { side, name, meter, value, box } of gauges) {
        const bytes = now[side][name];
        value.textContent = bytes === undefined ? '?' : `${number(bytes)} bytes`;
        box.dataset.empty = String(name !== 'queued' && bytes !== undefined && bytes <= 0);
        meter.max = Math.max(meter.max, bytes ?? 0);
        // An empty window is bad; so is a full queue.
        meter.low = meter.max * (name === 'queued' ? 0.5 : 0.1);
        meter.high = meter.max * (name === 'queued' ? 0.9 : 1);
        meter.optimum = name === 'queued' ? 0 : meter.max;
        meter.value = Math.max(0, bytes ?? 0);
      }
    },
  };
}
