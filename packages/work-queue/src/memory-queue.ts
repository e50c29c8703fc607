import { type Fifo, newFifo } from './fifo.ts';
import { type Job, retryDelay, weightOf } from './job.ts';
import type { Chosen, DeadLetter, Queue, QueueOptions } from './queue.ts';
import { newRecent } from './recent.ts';
import { queueFull } from './refusals.ts';
import { newWorkers, type Outcome } from './workers.ts';

/** A job in the queue, and how often it was tried. */
interface Entry {
  readonly job: Job;
  attempts: number;
}

// In milliseconds: how long an id is known after its job was added.
const REMEMBERED = 120_000;

/** A queue in this process: it is gone when the process is, and so are its jobs. */
export function memoryQueue({ attempts: mostAttempts, maxBytes }: QueueOptions): Queue {
  const workers = newWorkers(handOut);
  // Every job that is neither done nor dead.
  const entries = new Map<string, Entry>();
  // Those that a worker may have now: first those that had one before.
  const again = newFifo<Entry>();
  const fresh = newFifo<Entry>();
  // For each key the jobs that are not done. Only the first of them may be with a worker.
  const byKey = new Map<string, Fifo<Entry>>();
  const dead = new Map<string, DeadLetter>();
  const recent = newRecent(REMEMBERED);
  const retries = new Set<NodeJS.Timeout>();
  const counts = { added: 0, done: 0, failed: 0 };
  let bytes = 0;

  // #region hand-out
  /** Gives out jobs while a job waits and a worker can hold it. */
  function handOut(): void {
    while (workers.hasRoom()) {
      const entry = again.shift() ?? fresh.shift();
      if (!entry) return;
      entry.attempts++;
      const { job, attempts: number } = entry;
      workers.give({ job, number, settle: async (outcome) => settle(entry, outcome) });
    }
  }

  function settle(entry: Entry, outcome: Outcome): void {
    if (outcome.done) {
      counts.done++;
      bytes -= weightOf(entry.job);
      remove(entry);
    } else {
      counts.failed++;
      if (entry.attempts >= mostAttempts) bury(entry, outcome.reason);
      else retryLater(entry, outcome.retryAfter ?? retryDelay(entry.attempts));
    }
    handOut();
  }
  // #endregion hand-out

  // #region keys
  /** A job with a key may go to a worker when all earlier jobs with this key are done or dead. */
  function enqueue(entry: Entry): void {
    const { id, key } = entry.job;
    entries.set(id, entry);
    if (key === '') {
      fresh.push(entry);
      return;
    }
    const line = byKey.get(key) ?? newFifo<Entry>();
    byKey.set(key, line);
    line.push(entry);
    if (line.size === 1) fresh.push(entry);
  }

  function remove({ job: { id, key } }: Entry): void {
    entries.delete(id);
    const line = byKey.get(key);
    if (!line) return;
    line.shift();
    const next = line.first();
    if (next) fresh.push(next);
    else byKey.delete(key);
  }
  // #endregion keys

  function retryLater(entry: Entry, milliseconds: number): void {
    if (milliseconds === 0) {
      again.push(entry);
      return;
    }
    const timer = setTimeout(() => {
      retries.delete(timer);
      again.push(entry);
      handOut();
    }, milliseconds);
    retries.add(timer);
  }

  function bury(entry: Entry, reason: string): void {
    remove(entry);
    dead.set(entry.job.id, { ...entry.job, attempts: entry.attempts, reason, diedAt: Date.now() });
  }

  /** Takes dead letters out, one by one. */
  function* exhume(chosen: Chosen): Generator<DeadLetter> {
    for (const id of chosen === 'all' ? [...dead.keys()] : chosen) {
      const letter = dead.get(id);
      dead.delete(id);
      if (letter) yield letter;
    }
  }

  return {
    async add({ id, key, payload }) {
      // A copy: what came from the network is part of a larger buffer.
      const job = { id, key, payload: Buffer.from(payload) };
      if (entries.has(job.id) || dead.has(job.id) || recent.has(job.id)) return false;
      if (bytes + weightOf(job) > maxBytes) throw queueFull(maxBytes);
      bytes += weightOf(job);
      counts.added++;
      recent.add(job.id);
      enqueue({ job, attempts: 0 });
      handOut();
      return true;
    },
    join: workers.join,
    async numbers() {
      const held = workers.held();
      return { ...counts, held, waiting: entries.size - held, dead: dead.size, workers: workers.numbers() };
    },
    async *deadLetters() {
      yield* [...dead.values()];
    },
    async retry(chosen) {
      let count = 0;
      for (const { id, key, payload } of exhume(chosen)) {
        enqueue({ job: { id, key, payload }, attempts: 0 });
        count++;
      }
      handOut();
      return count;
    },
    async discard(chosen) {
      let count = 0;
      for (const letter of exhume(chosen)) {
        bytes -= weightOf(letter);
        count++;
      }
      return count;
    },
    drain: workers.drain,
    async close() {
      for (const timer of retries) clearTimeout(timer);
    },
  };
}
