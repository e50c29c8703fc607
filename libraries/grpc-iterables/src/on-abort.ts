/** The functions to call when a signal aborts, and the one listener that calls them. */
interface Listening {
  readonly stops: Set<() => void>;
  readonly listener: () => void;
}

const listening = new WeakMap<AbortSignal, Listening>();

/**
 * Calls `stop` once when `signal` aborts.
 *
 * All calls with the same signal share one listener, because Node warns of a leak when there are more than ten.
 *
 * @returns a function that removes `stop`
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  const { stops, listener } = listening.get(signal) ?? listen(signal);
  stops.add(stop);
  return () => {
    stops.delete(stop);
    if (stops.size > 0) return;
    signal.removeEventListener('abort', listener);
    listening.delete(signal);
  };
}

function listen(signal: AbortSignal): Listening {
  const stops = new Set<() => void>();
  const listener = () => {
    for (const stop of stops) stop();
  };
  signal.addEventListener('abort', listener, { once: true });
  listening.set(signal, { stops, listener });
  return { stops, listener };
}
