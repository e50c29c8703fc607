/** What one version of a trap's program came to. */
export interface Outcome {
  /** How often it went wrong… */
  wrong: number;
  /** …of how many times. */
  of: number;
  /** What the client's side saw, for people. */
  client: string;
  /** What the server's side saw. */
  server: string;
}

/** One way in which grpc-js surprises, and the same done right. */
export interface Trap {
  /** A short name for the command line. */
  name: string;
  title: string;
  /** What went wrong, in words that go with "3 of 5". */
  what: string;
  /** The major version of Node from which on it is mended, if one is. */
  mendedInNode?: number;
  /** With grpc-js alone, as tutorials show it. */
  bare(): Promise<Outcome>;
  /** With grpc-iterables. */
  ours(): Promise<Outcome>;
}
