/** Something to do. */
export interface Job {
  /** Chosen by the producer, so that adding a job twice adds it once. */
  readonly id: string;
  /** Jobs with the same key are done one after the other; empty: no order. */
  readonly key: string;
  readonly payload: Uint8Array;
}

/** How much a job counts for `maxBytes`: its texts and its place in memory. */
export function weightOf({ id, key, payload }: Job): number {
  const PLACE = 200;
  return PLACE + id.length + Buffer.byteLength(key) + payload.byteLength;
}

const FIRST_RETRY = 100;
const LONGEST_RETRY = 10_000;

/** How long a job that has failed waits for its next attempt, if its worker does not say: twice as long each time. */
export function retryDelay(attempt: number): number {
  return Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (attempt - 1));
}

/** Whether a job can have this id: it has 1 to 64 letters, digits, - and _. */
export const isJobId = (id: string) => /^[\w-]{1,64}$/.test(id);
