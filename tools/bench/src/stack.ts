/** A client of one library. Each method is a whole piece of work over one connection. */
export interface BenchClient {
  /** Makes many calls, some of them at once. */
  unary(calls: number, atOnce: number): Promise<void>;
  /** Makes a new connection and one call on it, and closes it. */
  firstCall(): Promise<void>;
  /** Resolves when a stream has failed after one message. */
  failure(): Promise<void>;
  /** Resolves with the number of messages that arrived. */
  download(count: number, size: number): Promise<number>;
  /** Resolves with the number of messages that the server counted. */
  upload(count: number, size: number): Promise<number>;
  /** Resolves with the number of messages that came back. */
  exchange(count: number): Promise<number>;
  /** Sends one message and waits for its echo, many times in one call. Resolves with the time of each, in milliseconds. */
  pingPong(rounds: number): Promise<number[]>;
  /** Resolves with the sum of the numbers that arrived, a thousand in each message. */
  downloadPacked(messages: number): Promise<bigint>;
  /** Resolves with the sum that the server saw. */
  uploadPacked(messages: number): Promise<bigint>;
  close(): void;
}

/** A gRPC library for Node. */
export interface Stack {
  /** The works that it can do; default: all. */
  readonly does?: readonly (keyof BenchClient)[];
  /** Resolves with the address when it listens. */
  serve(): Promise<string>;
  connect(address: string): Partial<BenchClient> & Pick<BenchClient, 'close'>;
}
