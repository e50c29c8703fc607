import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { type ConnectedClient, type IterableClient, StatusError } from 'grpc-iterables';
import type { FileTransferClient } from 'proto/gen/files/FileTransfer';

/** How long a transfer tries. */
export interface Patience {
  /** Ends the transfer. */
  readonly signal?: AbortSignal | undefined;
  /** A call that moves nothing for so many milliseconds is given up, and tried again. */
  readonly stall: number;
  /** After so many milliseconds in which no attempt moved anything, the transfer fails. */
  readonly giveUpAfter: number;
}

export const DEFAULT_PATIENCE: Patience = { stall: 20_000, giveUpAfter: 60_000 };

const SHORTEST_WAIT = 50;
const LONGEST_WAIT = 2000;
// A timer that gets more than it takes would end at once.
const LONGEST_TIMER = 2 ** 31 - 1;

/** The way to the server. A connection that became silent stays silent for further calls, so it can be replaced. */
export interface Line {
  /** The client on the current connection. */
  client(): FileClient;
  /** Replaces the connection by a new one. */
  renew(): void;
}

export type FileClient = IterableClient<FileTransferClient>;

/** A line that opens its connections with `open`. */
export function openLine(open: () => ConnectedClient<FileTransferClient>): Line & { close(): Promise<void> } {
  let client = open();
  return {
    client: () => client,
    renew() {
      // Its calls have been given up, so there is nothing to wait for.
      void client.close();
      client = open();
    },
    close: () => client.close(),
  };
}

/** One attempt: it calls `moved` for each sign of progress. */
export type Attempt<Result> = (client: FileClient, signal: AbortSignal, moved: () => void) => Promise<Result>;

/**
 * Repeats an attempt while it fails for reasons that may pass: the server is away, the connection broke or is silent.
 *
 * @param onBreak gets the reason, before each further attempt
 * @throws what the last attempt threw
 */
// #region persist
export async function persist<Result>(
  line: Line,
  attempt: Attempt<Result>,
  { signal, stall, giveUpAfter }: Patience,
  onBreak: (error: StatusError) => void = () => {},
): Promise<Result> {
  let movedAt = performance.now();
  for (let wait = SHORTEST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
    const startedAt = performance.now();
    const client = line.client();
    try {
      return await unlessStalled(signal, stall, (either, refresh) =>
        attempt(client, either, () => {
          movedAt = performance.now();
          refresh();
        }),
      );
    } catch (error) {
      if (!mayPass(error) || performance.now() - movedAt > giveUpAfter) throw error;
      // Several transfers may use this connection. Only the first one that stalls renews it.
      if (error instanceof Stalled && line.client() === client) line.renew();
      onBreak(error);
    }
    if (movedAt > startedAt) wait = SHORTEST_WAIT;
    await delay(wait * (0.5 + Math.random() / 2), undefined, { signal });
  }
}
// #endregion persist

function mayPass(error: unknown): error is StatusError {
  return error instanceof StatusError && error.code === status.UNAVAILABLE;
}

/** Nothing moved. */
class Stalled extends StatusError {
  constructor(stall: number, cause: unknown) {
    super(status.UNAVAILABLE, `nothing moved for ${stall / 1000} s`, { cause });
  }
}

async function unlessStalled<Result>(
  signal: AbortSignal | undefined,
  stall: number,
  attempt: (signal: AbortSignal, refresh: () => void) => Promise<Result>,
): Promise<Result> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), Math.min(stall, LONGEST_TIMER));
  const either = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
  try {
    return await attempt(either, () => timer.refresh());
  } catch (error) {
    if (!stalled.signal.aborted || signal?.aborted) throw error;
    throw new Stalled(stall, error);
  } finally {
    clearTimeout(timer);
  }
}
