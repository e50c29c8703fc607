/**
 * A limit for what one client does in a second. The client may use the limit of a whole second at once.
 *
 * @returns how long the client has to wait, in milliseconds; 0: it may go ahead
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
    // The time until the whole limit is free again. A client that came back sooner would be refused after a few messages.
    return Math.ceil(((perSecond - left) / perSecond) * 1000);
  };
}
