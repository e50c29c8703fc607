const FACTOR = 1.6;
const JITTER = 0.2;

/** gRPC's backoff between attempts to connect (https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md). */
export interface Backoff {
  /** How long to wait now, in milliseconds. It grows with each call, up to `longest`. */
  next(): number;
  /** Called after a successful attempt. */
  reset(): void;
}

export function backoff({ first, longest }: { first: number; longest: number }): Backoff {
  let delay = first;
  return {
    next() {
      const jittered = delay * (1 + JITTER * (2 * Math.random() - 1));
      delay = Math.min(delay * FACTOR, longest);
      return jittered;
    },
    reset() {
      delay = first;
    },
  };
}
