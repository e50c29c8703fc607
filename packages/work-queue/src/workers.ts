import type { Job } from './job.ts';

/** How the attempt of a worker at a job ended. */
export type Outcome =
  | { readonly done: true }
  | {
      readonly done: false;
      readonly reason: string;
      /** When it may be tried again, in milliseconds from now; undefined: the queue decides. */
      readonly retryAfter: number | undefined;
    };

/** A job that a store hands out, and the way back to the store. */
export interface Attempt {
  readonly job: Job;
  /** Counts the attempts at this job, from 1 on. */
  readonly number: number;
  /**
   * Call it once. It resolves when the store has written the outcome down.
   *
   * @throws StatusError UNAVAILABLE if the store does not answer; the store then gives the job out again
   */
  settle(outcome: Outcome): Promise<void>;
}

export interface NewWorker {
  readonly name: string;
  /** Sends a job with its lease to the worker. */
  give(lease: number, attempt: Attempt): void;
  /** A lease of the worker has lapsed; the job goes to another worker. */
  lapse(lease: number): void;
  /** The window of the worker has changed to this. */
  windowIs(window: Window): void;
  /** The queue ends this worker. */
  end(reason: Error): void;
}

export interface Window {
  readonly jobs: number;
  /** How long a lease lasts, in milliseconds. */
  readonly lease: number;
}

/** A worker, as its call sees it. */
export interface Worker {
  rename(name: string): void;
  open(window: Window): void;
  /** Ends a lease; resolves when that is stored. @throws RangeError, at once, if it is not open */
  answer(lease: number, outcome: Outcome): Promise<void>;
  /** @param milliseconds from now on; 0: as long as a new lease. @throws RangeError if it is not open */
  extend(lease: number, milliseconds: number): void;
  /** The worker has left: its jobs go to other workers. */
  leave(reason: string): void;
}

export interface WorkerNumbers {
  readonly name: string;
  readonly window: number;
  readonly held: number;
  readonly done: number;
}

export interface Workers {
  join(worker: NewWorker): Worker;
  /** Whether one of them can hold another job. */
  hasRoom(): boolean;
  /** How many more jobs they can hold. */
  free(): number;
  /** Gives a job to the next worker that can hold it. Call it only while `hasRoom()`. */
  give(attempt: Attempt): void;
  /** How many jobs they hold, lapsed leases not counted. */
  held(): number;
  numbers(): WorkerNumbers[];
  /** Closes every window; each worker ends with `reason` when it holds nothing. */
  drain(reason: Error): void;
}

/** A job that a worker holds. */
interface Lease {
  readonly attempt: Attempt;
  timer: NodeJS.Timeout;
  /** When it lapses, as `performance.now()` counts. */
  until: number;
  lapsed: boolean;
}

/** One worker as the others see it. */
interface Member {
  readonly worker: NewWorker;
  readonly leases: Map<number, Lease>;
  name: string;
  window: Window;
  lastLease: number;
  done: number;
}

const NO_WINDOW: Window = { jobs: 0, lease: 0 };
const lapsedAfter = ({ name }: Member, milliseconds: number): Outcome => ({
  done: false,
  reason: `${name} was silent for ${milliseconds} ms`,
  retryAfter: 0,
});

/**
 * The workers of a queue: which worker holds which job, for how long, and which one can hold another.
 *
 * A worker never holds more than its window. A lease that has lapsed still counts until the worker answers it,
 * because the worker may still be busy with that job.
 *
 * @param onFree called when a worker can hold another job
 */
export function newWorkers(onFree: () => void): Workers {
  const members = new Set<Member>();
  // Workers with a free place. The first gets the next job, and then goes to the end.
  const turn = new Set<Member>();
  let held = 0;
  let draining: Error | undefined;

  const freePlaces = ({ window, leases }: Member) => Math.max(0, window.jobs - leases.size);

  /** Brings the turn up to date, after the window or the leases of a member have changed. */
  function update(member: Member): void {
    if (draining && member.leases.size === 0) member.worker.end(draining);
    if (!members.has(member) || freePlaces(member) === 0) turn.delete(member);
    else if (!turn.has(member)) {
      turn.add(member);
      onFree();
    }
  }

  // #region give
  function give(attempt: Attempt): void {
    const [member] = turn;
    if (!member) throw new Error('no worker is free');
    turn.delete(member);
    const lease = ++member.lastLease;
    const { lease: milliseconds } = member.window;
    member.leases.set(lease, {
      attempt,
      lapsed: false,
      until: performance.now() + milliseconds,
      timer: setTimeout(lapse, milliseconds, member, lease, milliseconds),
    });
    held++;
    if (freePlaces(member) > 0) turn.add(member);
    member.worker.give(lease, attempt);
  }

  function lapse(member: Member, number: number, milliseconds: number): void {
    const lease = member.leases.get(number);
    if (!lease || lease.lapsed) return;
    lease.lapsed = true;
    member.worker.lapse(number);
    giveBack(lease, lapsedAfter(member, milliseconds));
  }
  // #endregion give

  function settle({ attempt, timer }: Lease, outcome: Outcome): Promise<void> {
    clearTimeout(timer);
    held--;
    return attempt.settle(outcome);
  }

  /** No caller waits for this: a store that cannot write it down gives the job to another worker by itself. */
  function giveBack(lease: Lease, outcome: Outcome): void {
    settle(lease, outcome).catch(() => {});
  }

  function leaseOf({ leases }: Member, number: number): Lease {
    const lease = leases.get(number);
    if (!lease) throw new RangeError(`lease ${number} is not open`);
    return lease;
  }

  return {
    join(worker) {
      const leases = new Map<number, Lease>();
      const member: Member = { worker, leases, name: worker.name, window: NO_WINDOW, lastLease: 0, done: 0 };
      members.add(member);

      return {
        rename(name) {
          member.name = name;
        },
        open(window) {
          member.window = draining ? { ...window, jobs: 0 } : window;
          worker.windowIs(member.window);
          update(member);
        },
        answer(number, outcome) {
          const lease = leaseOf(member, number);
          leases.delete(number);
          if (outcome.done && !lease.lapsed) member.done++;
          const stored = lease.lapsed ? Promise.resolve() : settle(lease, outcome);
          update(member);
          return stored;
        },
        extend(number, milliseconds) {
          const lease = leaseOf(member, number);
          const length = milliseconds || member.window.lease;
          const until = performance.now() + length;
          if (lease.lapsed || until <= lease.until) return;
          lease.until = until;
          clearTimeout(lease.timer);
          lease.timer = setTimeout(lapse, length, member, number, length);
        },
        leave(reason) {
          if (!members.delete(member)) return;
          turn.delete(member);
          const open = [...leases.values()].filter(({ lapsed }) => !lapsed);
          leases.clear();
          for (const lease of open) giveBack(lease, { done: false, reason, retryAfter: 0 });
        },
      };
    },
    hasRoom: () => turn.size > 0,
    free: () => [...turn].reduce((sum, member) => sum + freePlaces(member), 0),
    give,
    held: () => held,
    numbers: () =>
      [...members].map(({ name, window, leases, done }) => ({
        name,
        window: window.jobs,
        held: leases.size,
        done,
      })),
    drain(reason) {
      draining = reason;
      for (const member of members) {
        member.window = { ...member.window, jobs: 0 };
        member.worker.windowIs(member.window);
        update(member);
      }
    },
  };
}
