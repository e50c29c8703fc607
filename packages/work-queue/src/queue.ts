// What a queue is, whichever store keeps it: memory-queue.ts in this process, nats-queue.ts in a broker that several servers share.
import type { NewWorker, Worker, WorkerNumbers } from './workers.ts';

/** Something to do. */
export interface Job {
  /** Chosen by the producer, so that adding a job twice adds it once. */
  readonly id: string;
  /** Jobs with the same key are done one after the other; empty: no order. */
  readonly key: string;
  readonly payload: Uint8Array;
}

/** A job that failed too often. */
export interface DeadLetter extends Job {
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly reason: string;
  /** In milliseconds since 1970. */
  readonly diedAt: number;
}

export interface QueueNumbers {
  readonly waiting: number;
  readonly held: number;
  readonly dead: number;
  readonly added: number;
  readonly done: number;
  readonly failed: number;
  readonly workers: WorkerNumbers[];
}

export interface QueueOptions {
  /** After so many failed attempts a job becomes a dead letter. */
  readonly attempts: number;
  /** The bytes that jobs and dead letters take up at most. */
  readonly maxBytes: number;
}

/** Which dead letters: these, or all of them. */
export type Chosen = readonly string[] | 'all';

export interface Queue {
  /**
   * Resolves when the queue keeps the job: with false if its id was added before.
   *
   * @throws StatusError RESOURCE_EXHAUSTED if the queue is full, UNAVAILABLE if its broker does not answer
   */
  add(job: Job): Promise<boolean>;
  /** A worker without a window: it gets jobs as soon as it opens one. */
  join(worker: NewWorker): Worker;
  numbers(): Promise<QueueNumbers>;
  /** The oldest first. */
  deadLetters(): AsyncIterable<DeadLetter>;
  /** Puts dead letters back into the queue. @returns how many */
  retry(chosen: Chosen): Promise<number>;
  /** Removes dead letters for good. @returns how many */
  discard(chosen: Chosen): Promise<number>;
  /** Gives out no more jobs, and ends each worker with `reason` when it holds none. */
  drain(reason: Error): void;
  close(): Promise<void>;
}

/** What a job weighs against `maxBytes`: its texts and its place in memory. */
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
