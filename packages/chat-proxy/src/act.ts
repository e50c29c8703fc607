import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { MessangerClient } from 'proto/gen/messanger/Messanger';

/** A client of Messanger or of its proxy: both have the same calls. */
export type Client = IterableClient<MessangerClient>;

export interface Act {
  /** Its arguments and what it does. */
  usage: string;
  run(client: Client, args: string[], call: CallOptions, print: (line: string) => void): Promise<void>;
}
