import { status } from '@grpc/grpc-js';
import { type CallOptions, type IterableClient, StatusError } from 'grpc-iterables';
import type { FromWorker } from 'proto/gen/workqueue/FromWorker';
import type { Job__Output } from 'proto/gen/workqueue/Job';
import type { Window__Output } from 'proto/gen/workqueue/Window';
import type { WorkQueueClient } from 'proto/gen/workqueue/WorkQueue';
import type { Job } from './job.ts';
import { newMailbox } from './mailbox.ts';
import { tryUntilDone } from './trying.ts';

/** A job as its handler sees it. */
export interface JobToDo extends Job {
  readonly payload: Buffer;
  /** Counts how often the job was sent to a worker, from 1 on. */
  readonly attempt: number;
}

export interface JobContext {
  /**
   * Aborted when the job no longer belongs to this worker: its lease has lapsed, or the connection is lost. Another worker may
   * be working on it. It is not aborted when the worker is stopped.
   */
  readonly signal: AbortSignal;
  /**
   * Asks the server for a lease of so many milliseconds from now on. `work` extends leases by itself, but it cannot do so while
   * the handler blocks the event loop. Call this before such a step.
   */
  extend(milliseconds: number): void;
}

export interface WorkOptions {
  /** How many jobs are handled at the same time. */
  parallel: number;
  /** Abort it to stop the worker. It gets no more jobs, and finishes those that it has. */
  signal?: AbortSignal | undefined;
  /** What the server calls this worker; default: its address. */
  name?: string;
  /** How long this worker may be silent before the server gives its jobs to others, in milliseconds; default: the server decides. */
  lease?: number;
  /** Options for every call, for example `metadata` with a token. */
  call?: Omit<CallOptions, 'signal' | 'timeout' | 'deadline'>;
  /** Called when the connection is lost, with the number of milliseconds until the next attempt. */
  onLost?: (reason: StatusError, retryIn: number) => void;
}

/** Does a job. When it resolves, the job is acknowledged. When it throws, the job is tried again; the message is the reason. */
export type JobHandler = (job: JobToDo, context: JobContext) => Promise<void>;

// In milliseconds: the lease until the server has said how long it is.
const DEFAULT_LEASE = 30_000;
// In milliseconds. This client does not extend its leases more often, whatever lease the server says.
const SHORTEST_BEAT = 30;
// In milliseconds. A server may be slow for this long, even if the lease is shorter.
const SHORTEST_SILENCE = 2000;
// The server keeps no more of a reason. A longer one could exceed the limit of a message, and end the call.
const LONGEST_REASON = 1000;

/** A job that is being handled. */
interface Held {
  readonly lease: string;
  /** Aborts the handler's signal. */
  readonly over: AbortController;
}

/**
 * Works on the jobs of a queue until `signal` is aborted. Then it finishes the jobs that it has, and resolves.
 *
 * If the connection breaks, `work` connects again. The jobs of the broken connection go to other workers. The signals of their
 * handlers are aborted. A handler that still runs counts for `parallel`.
 *
 * @example
 * await work(client, { parallel: 4, signal }, async (job) => {
 *   await resize(job.payload.toString());
 * });
 *
 * @throws StatusError if the server refuses the worker, as with UNAUTHENTICATED
 */
export async function work(
  client: IterableClient<WorkQueueClient>,
  { parallel, signal, name = '', lease = 0, call, onLost }: WorkOptions,
  handler: JobHandler,
): Promise<void> {
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 10_000) {
    throw new RangeError(`parallel is ${parallel}, not a whole number from 1 to 10,000`);
  }
  const running = new Set<Promise<void>>();
  // Called when the number of jobs that this worker can hold has changed. It does nothing while there is no connection.
  let windowChanged = () => {};
  const stopping = () => signal?.aborted === true;
  const stop = () => windowChanged();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (!stopping()) await tryUntilDone({ signal, onLost }, connection);
  } catch (error) {
    // A worker that stops does not report a lost connection: its jobs are with other workers.
    if (!stopping()) throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.all(running);
  }

  /** Works over one call until it ends. */
  async function connection(reached: () => void): Promise<void> {
    const outgoing = newMailbox<FromWorker>();
    const held = new Map<string, Held>();
    const lost = new AbortController();
    let beating: NodeJS.Timeout | undefined;
    let leaseMs = lease || DEFAULT_LEASE;
    // Since when this worker waits for an answer of the server.
    let askedAt: number | undefined;
    let noMoreJobs = false;

    // #region window
    function openWindow(): void {
      // A handler of an earlier connection may still run. It uses a place of the window.
      const jobs = stopping() ? 0 : parallel - (running.size - held.size);
      askedAt ??= performance.now();
      outgoing.put({ window: { jobs, leaseMs: lease, worker: name } });
    }
    function windowIs(window: Window__Output): void {
      reached();
      askedAt = undefined;
      noMoreJobs = stopping() && window.jobs === 0;
      halfCloseWhenDone();
      if (window.leaseMs !== leaseMs) beatEvery(window.leaseMs);
    }
    function beatEvery(milliseconds: number): void {
      leaseMs = milliseconds;
      clearInterval(beating);
      beating = setInterval(beat, Math.max(milliseconds / 3, SHORTEST_BEAT));
    }
    /** Extends all leases, and checks that the server answers. */
    function beat(): void {
      if (askedAt !== undefined && performance.now() - askedAt > Math.max(leaseMs, SHORTEST_SILENCE)) {
        lost.abort(new StatusError(status.UNAVAILABLE, 'the server does not answer'));
      }
      openWindow();
      for (const { lease, over } of held.values()) {
        if (!over.signal.aborted) outgoing.put({ extend: { lease } });
      }
    }
    // #endregion window
    function halfCloseWhenDone(): void {
      if (noMoreJobs && held.size === 0) outgoing.close();
    }
    // #region start
    function start({ lease, ...job }: Job__Output): void {
      const over = new AbortController();
      held.set(lease, { lease, over });
      const extend = (milliseconds: number) =>
        outgoing.put({ extend: { lease, leaseMs: checkedLease(milliseconds) } });
      const task = outcomeOf(() => handler(job, { signal: over.signal, extend })).then((reason) => {
        running.delete(task);
        if (!held.delete(lease)) return windowChanged();
        outgoing.put(reason === undefined ? { ack: { lease } } : { nack: { lease, reason } });
        halfCloseWhenDone();
      });
      running.add(task);
    }
    // #endregion start

    windowChanged = openWindow;
    openWindow();
    beatEvery(leaseMs);
    try {
      for await (const { job, lapsed, window } of client.work(outgoing, { ...call, signal: lost.signal })) {
        if (job) start(job);
        if (lapsed) held.get(lapsed.lease)?.over.abort(new Error('the lease has lapsed'));
        if (window) windowIs(window);
      }
      if (!noMoreJobs) throw new StatusError(status.UNAVAILABLE, 'the server ended the call');
    } catch (error) {
      throw lost.signal.aborted ? lost.signal.reason : error;
    } finally {
      clearInterval(beating);
      outgoing.close();
      for (const { over } of held.values()) over.abort(new Error('the connection is lost'));
      held.clear();
      windowChanged = () => {};
    }
  }
}

/** Why a handler failed; undefined if it did not. */
async function outcomeOf(handle: () => Promise<void>): Promise<string | undefined> {
  try {
    await handle();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What a handler threw, as text. It can be any value, also one that has no text. */
function reasonOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown).slice(0, LONGEST_REASON);
  } catch {
    return 'the handler threw a value that has no text';
  }
}

function checkedLease(milliseconds: number): number {
  if (milliseconds >= 1 && milliseconds <= 600_000) return Math.round(milliseconds);
  throw new RangeError(`${milliseconds} is not a lease from 1 to 600,000 ms`);
}
