// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls `act` at this time, in milliseconds since 1970, however far away it is.
 *
 * @returns a function that stops that
 */
export function atTime(time: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  function wait(): void {
    const left = time - Date.now();
    if (left > LONGEST_TIMER) timer = setTimeout(wait, LONGEST_TIMER);
    else timer = setTimeout(act, Math.max(left, 0));
  }
  wait();
  return () => clearTimeout(timer);
}
