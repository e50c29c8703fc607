import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

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

/** One attempt: it calls `moved` for each sign of progress. */
export type Attempt<Result> = (signal: AbortSignal, moved: () => void) => Promise<Result>;

/**
 * Repeats an attempt while it fails for reasons that may pass: the server is away, the connection broke or is silent.
 *
 * @param onBreak is told why, before each further attempt
 * @throws what the last attempt threw
 */
// #region persist
export async function persist<Result>(
  attempt: Attempt<Result>,
  { signal, stall, giveUpAfter }: Patience,
  onBreak: (error: StatusError) => void = () => {},
): Promise<Result> {
  let movedAt = performance.now();
  for (let wait = SHORTEST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
    const startedAt = performance.now();
    try {
      return await unlessStalled(attempt, signal, stall, () => {
        movedAt = performance.now();
      });
    } catch (error) {
      if (!mayPass(error) || performance.now() - movedAt > giveUpAfter) throw error;
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

async function unlessStalled<Result>(
  attempt: Attempt<Result>,
  signal: AbortSignal | undefined,
  stall: number,
  moved: () => void,
): Promise<Result> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stall);
  const either = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
  try {
    return await attempt(either, () => {
      timer.refresh();
      moved();
    });
  } catch (error) {
    if (!stalled.signal.aborted || signal?.aborted) throw error;
    throw new StatusError(status.UNAVAILABLE, `nothing moved for ${stall / 1000} s`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
