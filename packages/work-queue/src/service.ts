import { defineService, type Service } from 'grpc-iterables';
import { WorkQueue } from 'proto';
import type { DeadLetterIds__Output } from 'proto/gen/workqueue/DeadLetterIds';
import type { FromWorker__Output } from 'proto/gen/workqueue/FromWorker';
import type { ToWorker } from 'proto/gen/workqueue/ToWorker';
import type { WorkQueueHandlers } from 'proto/gen/workqueue/WorkQueue';
import { type Mailbox, newMailbox } from './mailbox.ts';
import type { Chosen, Queue } from './queue.ts';
import {
  badJob,
  badTime,
  badWindow,
  LARGEST_WINDOW,
  MOST_JOBS_IN_A_CALL,
  noSuchLease,
  nothingSaid,
  notReading,
  tooManyJobs,
} from './refusals.ts';
import type { NewWorker, Outcome, Worker } from './workers.ts';

export interface WorkQueueOptions {
  /** How long a lease lasts if the worker does not say, in milliseconds. */
  readonly lease: number;
  /** Gets a line for each worker that connects or leaves, and for each lease that lapses. */
  readonly log: (line: string) => void;
}

// How many jobs of one producer are on their way to the store at a time.
const ADDED_AT_A_TIME = 256;
const LONGEST_REASON = 1000;
// How many messages wait for a worker at most. The largest window of jobs that have all lapsed is two thirds of it.
const MOST_UNREAD = 3 * LARGEST_WINDOW;

const chosenBy = ({ ids, all }: DeadLetterIds__Output): Chosen => (all ? 'all' : ids);

/** The service behind `server.ts`, for a queue of any kind. */
export function workQueueService(queue: Queue, { lease: defaultLease, log }: WorkQueueOptions): Service {
  return defineService<WorkQueueHandlers>(WorkQueue.service, {
    // #region add
    async Add(requests) {
      const ids: string[] = [];
      const adding: Promise<boolean>[] = [];
      let repeated = 0;
      let failed = false;
      const added = async () => {
        for (const isNew of await Promise.all(adding.splice(0))) if (!isNew) repeated++;
      };
      for await (const job of requests) {
        if (ids.length === MOST_JOBS_IN_A_CALL) throw tooManyJobs();
        ids.push(job.id);
        const refusal = badJob(job, ids.length);
        if (refusal) throw refusal;
        // An earlier job was not added. The producer will add it again, and this job must not come before it.
        if (failed) break;
        const kept = queue.add(job);
        adding.push(kept);
        kept.catch(() => {
          failed = true;
        });
        if (adding.length === ADDED_AT_A_TIME) await added();
      }
      await added();
      return { ids, repeatedIds: repeated };
    },
    // #endregion add

    // #region work
    async *Work(requests, { signal, peer }) {
      const outgoing = newMailbox<ToWorker>();
      const worker = queue.join(workerBehind(peer, outgoing, finish));
      let finished = false;
      const onAbort = () => finish(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      log(`${peer} joined`);
      if (signal.aborted) onAbort();
      readAll(requests, worker, peer, finish).then(() => finish(), finish);
      try {
        yield* outgoing;
      } finally {
        finish();
      }

      // The generator does not end if the worker does not read: it stays in its `yield`. So this runs before the generator ends.
      function finish(failure?: Error): void {
        if (finished) return;
        finished = true;
        log(`${peer} left${failure ? `: ${failure.message}` : ''}`);
        worker.leave(
          failure ? `the worker was lost: ${failure.message}` : 'the worker left without an answer',
        );
        outgoing.close(failure);
        if (failure) void requests.return?.();
      }
    },
    // #endregion work

    async Stats() {
      return await queue.numbers();
    },
    async *DeadLetters() {
      for await (const { diedAt, ...letter } of queue.deadLetters()) yield { ...letter, diedAtMs: diedAt };
    },
    async Retry(request) {
      return { count: await queue.retry(chosenBy(request)) };
    },
    async Discard(request) {
      return { count: await queue.discard(chosenBy(request)) };
    },
  });

  /** The worker behind a call, as the queue sees it. The mailbox never has more jobs than the window. */
  function workerBehind(peer: string, outgoing: Mailbox<ToWorker>, end: (reason: Error) => void): NewWorker {
    return {
      name: peer,
      give: (lease, { job, number }) => outgoing.put({ job: { ...job, lease, attempt: number } }),
      lapse(lease) {
        log(`lease ${lease} of ${peer} has lapsed`);
        outgoing.put({ lapsed: { lease } });
      },
      windowIs({ jobs, lease }) {
        // Its window limits the jobs, but nothing limits how often it asks for another window.
        if (outgoing.size < MOST_UNREAD) outgoing.put({ window: { jobs, leaseMs: lease } });
        else end(notReading(MOST_UNREAD));
      },
      end,
    };
  }

  /** Does what a worker says, until its half-close; then waits until its answers are stored. */
  async function readAll(
    requests: AsyncIterable<FromWorker__Output>,
    worker: Worker,
    peer: string,
    fail: (reason: Error) => void,
  ): Promise<void> {
    const storing = new Set<Promise<void>>();
    for await (const request of requests) {
      const stored = obey(request, worker, peer);
      if (!stored) continue;
      storing.add(stored);
      stored.then(() => storing.delete(stored), fail);
    }
    await Promise.allSettled(storing);
  }

  /** @returns what to wait for before the answer is safe */
  function obey(
    { window, ack, nack, extend }: FromWorker__Output,
    worker: Worker,
    peer: string,
  ): Promise<void> | undefined {
    if (ack) return answer(worker, ack.lease, { done: true });
    if (nack) {
      const { lease, reason, retryAfterMs } = nack;
      refuseIf(badTime('retry_after_ms', retryAfterMs));
      return answer(worker, lease, {
        done: false,
        // The cut may be inside of a character of two units, which a broker does not keep.
        reason: reason.slice(0, LONGEST_REASON).toWellFormed() || 'no reason given',
        retryAfter: retryAfterMs || undefined,
      });
    }
    if (extend) {
      refuseIf(badTime('lease_ms', extend.leaseMs));
      ifOpen(extend.lease, () => worker.extend(Number(extend.lease), extend.leaseMs));
      return undefined;
    }
    if (!window) throw nothingSaid();
    refuseIf(badWindow(window));
    worker.rename(window.worker || peer);
    worker.open({ jobs: window.jobs, lease: window.leaseMs || defaultLease });
    return undefined;
  }
}

function answer(worker: Worker, lease: string, outcome: Outcome): Promise<void> {
  return ifOpen(lease, () => worker.answer(Number(lease), outcome));
}

function ifOpen<Result>(lease: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    throw error instanceof RangeError ? noSuchLease(lease) : error;
  }
}

function refuseIf(refusal: Error | undefined): void {
  if (refusal) throw refusal;
}
