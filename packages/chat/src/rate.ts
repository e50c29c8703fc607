/**
 * Counts what one client does against a limit a second, of which it may use up a whole second's worth at once.
 *
 * @returns how long it has to wait, in milliseconds, before it may try that again; 0: it may
 */
export function newRateLimit(perSecond: number, now: () => number = () => performance.now()): () => number {
  let left = perSecond;
  let filled = now();
  return () => {
    const time = now();
    left = Math.min(perSecond, left + ((time - filled) / 1000) * perSecond);
    filled = time;
    if (left >= 1) {
      left--;
      return 0;
    }
    // Until all of it may be used again: who comes back sooner would be sent away after a few messages.
    return Math.ceil(((perSecond - left) / perSecond) * 1000);
  };
}
