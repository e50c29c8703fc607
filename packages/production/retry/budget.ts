/** Limits the retries of a client, so that an overloaded server does not get more calls. */
export interface RetryBudget {
  /** Whether one more attempt may be made now. */
  readonly allows: boolean;
  succeeded(): void;
  failed(): void;
}

/**
 * The token bucket of gRFC A6: a failure takes a token, a success gives back a part of one, and there are retries only
 * while the bucket is more than half full.
 *
 * @param most how many tokens there are, at first and at most
 * @param ratio what a success gives back: with 0.1 about one call in ten is repeated while a server has troubles
 */
export function retryBudget(most = 10, ratio = 0.1): RetryBudget {
  if (!(most > 0)) throw new RangeError(`most is ${most}; it has to be above 0`);
  if (!(ratio > 0)) throw new RangeError(`ratio is ${ratio}; it has to be above 0`);
  let tokens = most;
  return {
    get allows() {
      return tokens > most / 2;
    },
    succeeded() {
      tokens = Math.min(tokens + ratio, most);
    },
    failed() {
      tokens = Math.max(tokens - 1, 0);
    },
  };
}
