// The connection to `pnpm wire`.

/** @import { WireEvent } from '../../src/events.ts' */
/** @import { Order, PlayState } from '../play/choices.ts' */

/**
 * Gets what is seen on the wire, from the beginning. The browser connects again by itself, and goes on where it was.
 *
 * @param {{
 *   events: (events: WireEvent[]) => void,
 *   missed: (count: number) => void,
 *   playing: (state: PlayState | null) => void,
 *   connected: (is: boolean) => void,
 * }} listener
 */
export function listen(listener) {
  const source = new EventSource('./events');
  source.onopen = () => listener.connected(true);
  source.onerror = () => listener.connected(false);
  source.onmessage = ({ data }) => listener.events(JSON.parse(data));
  source.addEventListener('missed', ({ data }) => listener.missed(JSON.parse(data)));
  source.addEventListener('playing', ({ data }) => listener.playing(JSON.parse(data)));
}

/**
 * @param {Order} order
 * @returns {Promise<string | undefined>} why it was refused
 */
export async function send(order) {
  try {
    const response = await fetch('./order', { method: 'POST', body: JSON.stringify(order) });
    return response.ok ? undefined : await response.text();
  } catch {
    return 'pnpm wire does not answer. Is it still running?';
  }
}
