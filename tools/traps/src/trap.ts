/** The result of one version of a trap's program. */
export interface Outcome {
  /** How many times it went wrong. */
  wrong: number;
  /** How many times it was tried. */
  of: number;
  /** What the client saw, as text for people. */
  client: string;
  /** What the server saw. */
  server: string;
}

/** One fault of grpc-js, and the same program without the fault. */
export interface Trap {
  /** A short name for the command line. */
  name: string;
  title: string;
  /** What went wrong, as a text that follows "3 of 5". */
  what: string;
  /** The first major version of Node without the fault, if there is one. */
  fixedInNode?: number;
  /** With grpc-js alone, as tutorials show it. */
  bare(): Promise<Outcome>;
  /** With grpc-iterables. */
  ours(): Promise<Outcome>;
}
