import { randomUUID } from 'node:crypto';
import type { CallOptions, IterableClient, StatusError } from 'grpc-iterables';
import type { NewJob } from 'proto/gen/workqueue/NewJob';
import type { WorkQueueClient } from 'proto/gen/workqueue/WorkQueue';
import { inBatches } from './batches.ts';
import { tryUntilDone } from './trying.ts';

/** A job for `add`. */
export interface JobToAdd {
  /** What makes the job the same one when it is added again; default: a random id. */
  readonly id?: string;
  /** Jobs with the same key are done in their order; default: no order. */
  readonly key?: string;
  readonly payload: Uint8Array | string;
}

export interface AddOptions {
  /** Abort it to stop between two batches, or while it waits for a server. */
  signal?: AbortSignal | undefined;
  /** Options for every call, for example `metadata` with a token. */
  call?: Omit<CallOptions, 'signal'>;
  /** Called when a call has failed, with the number of milliseconds until it is repeated. */
  onLost?: (reason: StatusError, retryIn: number) => void;
}

// How many jobs are sent in one call, and how long a call waits for more of them, in milliseconds.
const BATCH = 1000;
const LONGEST_WAIT = 100;

// #region add
/**
 * Adds jobs, and repeats a call until its jobs are acknowledged. Each job has its id before the first attempt. The server
 * remembers each id for at least two minutes, so a repetition in this time adds no job twice.
 *
 * @example
 * await add(client, [{ payload: 'resize 1.jpg' }, { payload: 'resize 2.jpg' }]);
 *
 * @throws StatusError if the server refuses a job, as with INVALID_ARGUMENT
 */
export async function add(
  client: IterableClient<WorkQueueClient>,
  jobs: Iterable<JobToAdd> | AsyncIterable<JobToAdd>,
  { signal, call, onLost }: AddOptions = {},
): Promise<{ added: number; repeated: number }> {
  const counts = { added: 0, repeated: 0 };
  for await (const batch of inBatches(jobs, BATCH, LONGEST_WAIT)) {
    signal?.throwIfAborted();
    const requests = batch.map(toNewJob);
    const { ids, repeatedIds } = await tryUntilDone({ signal, onLost }, () =>
      client.add(requests, { ...call, signal }),
    );
    counts.added += ids.length - repeatedIds;
    counts.repeated += repeatedIds;
  }
  signal?.throwIfAborted();
  return counts;
}
// #endregion add

function toNewJob({ id = randomUUID(), key = '', payload }: JobToAdd): NewJob {
  return { id, key, payload: Buffer.from(payload) };
}
