/** Those to call when a signal is aborted, and the one listener that does it. */
interface Listening {
  readonly stops: Set<() => void>;
  readonly listener: () => void;
}

const listening = new WeakMap<AbortSignal, Listening>();

/**
 * Calls `stop` once when `signal` is aborted.
 *
 * A signal that many calls share gets one listener for all: Node warns of a leak when there are more than ten.
 *
 * @returns forgets `stop`
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
