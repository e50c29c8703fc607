/** What one version of a program came to. */
export interface Outcome {
  /** How often it went wrong. */
  wrong: number;
  of: number;
  /** What went wrong, or did not, in words that go with "3 of 5". */
  what: string;
}

/** One way in which grpc-js surprises, and the same done right. */
export interface Trap {
  /** A short name for the command line. */
  name: string;
  title: string;
  /** The major version of Node from which on it is mended, if one is. */
  mendedInNode?: number;
  /** With grpc-js alone, as tutorials show it. */
  bare(): Promise<Outcome>;
  /** With grpc-iterables. */
  ours(): Promise<Outcome>;
}
