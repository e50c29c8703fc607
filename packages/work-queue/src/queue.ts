// What a queue is, whichever store keeps it: memory-queue.ts in this process, nats-queue.ts in a broker that several servers share.
import type { Job } from './job.ts';
import type { NewWorker, Worker, WorkerNumbers } from './workers.ts';

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
  /** Gives out no more jobs, and ends each worker with `reason` when it has none left. */
  drain(reason: Error): void;
  close(): Promise<void>;
}
