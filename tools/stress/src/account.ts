/** The record of one side about a call that is over. It is compared with the record of the other side. */
export interface ClientAccount {
  id: number;
  /** Requests taken from the iterable. */
  sent: number;
  /** The request iterable ended normally. */
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
  /** `complete`, `threw` as planned, or why `signal` was aborted; `unknown` if the library does not say why. */
  ended: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What is still open in a process after all its calls. */
export interface Leftovers {
  openCalls: number;
  unhandledRejections: number;
  /** Sockets, timers and the like, by name. */
  resources: string[];
  /** The longest turn of its event loop, in milliseconds. It shows how busy the machine was. */
  longestTurn: number;
}
