const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls `expire` at the deadline, in milliseconds since 1970, however far away it is.
 *
 * @returns cancels it
 */
export function atDeadline(deadline: number, expire: () => void): () => void {
  if (deadline === Number.POSITIVE_INFINITY) return () => {};
  let timer: NodeJS.Timeout;
  function wait(): void {
    const left = deadline - Date.now();
    if (left > LONGEST_TIMER) timer = setTimeout(wait, LONGEST_TIMER);
    else timer = setTimeout(expire, Math.max(left, 0));
  }
  wait();
  return () => clearTimeout(timer);
}

// From the finest unit to the coarsest; in milliseconds.
const UNITS: [string, number][] = [
  ['m', 1],
  ['S', 1000],
  ['M', 60_000],
  ['H', 3_600_000],
];
const MOST_DIGITS = 99_999_999;

/** The header `grpc-timeout`: at most 8 digits and a unit (PROTOCOL-HTTP2.md). */
export function timeoutText(milliseconds: number): string {
  const left = Math.max(milliseconds, 1);
  const [unit, size] = UNITS.find(([, size]) => Math.ceil(left / size) <= MOST_DIGITS) ?? ['H', 3_600_000];
  return `${Math.min(Math.ceil(left / size), MOST_DIGITS)}${unit}`;
}
