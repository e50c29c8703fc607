const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls `expire` at the deadline, in milliseconds since 1970, however far away it is.
 *
 * @returns a function that cancels it
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

const MOST_DIGITS = 99_999_999;
// In whole seconds, because longer timeouts are sent in seconds.
const LONGEST_TIMEOUT = Math.floor(LONGEST_TIMER / 1000) * 1000;

/**
 * The header `grpc-timeout`: at most 8 digits and a unit (PROTOCOL-HTTP2.md).
 *
 * @returns undefined for more than 24.8 days, because a grpc-js server would treat it as over. Only the client ends such calls
 */
export function timeoutText(milliseconds: number): string | undefined {
  if (milliseconds > LONGEST_TIMEOUT) return undefined;
  const left = Math.max(Math.ceil(milliseconds), 1);
  return left <= MOST_DIGITS ? `${left}m` : `${Math.ceil(left / 1000)}S`;
}
