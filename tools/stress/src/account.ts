/** What one side says of a call once it is over, to be held against what the other side says. */
export interface ClientAccount {
  id: number;
  /** Requests taken from the iterable. */
  sent: number;
  /** The request iterable ended by itself. */
  finished: boolean;
  /** The request iterable's `finally` ran, or it was never started. */
  requestsClosed: boolean;
  received: number;
  /** `complete`, `left` after a break, `requests threw`, `hang`, or a status. */
  ended: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface ServerAccount {
  id: number;
  received: number;
  /** The loop over the requests ended as if the client had finished. */
  sawEnd: boolean;
  sent: number;
  /** `complete`, `threw` as planned, or why `signal` was aborted; `unknown` if nothing says why. */
  ended: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a process has left open after all its calls. */
export interface Leftovers {
  openCalls: number;
  unhandledRejections: number;
  /** Sockets, timers and the like, by name. */
  resources: string[];
  /** The longest that its event loop was held up, in milliseconds: how busy the machine was. */
  longestTurn: number;
}
