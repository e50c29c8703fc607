// A worker that reports what it does to its parent: `worker.ts ADDRESS PARALLEL`.
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'grpc-iterables';
import { WorkQueue } from 'proto';
import { work } from '../src/work.ts';

/** What happened to a job in a worker. */
export interface Report {
  readonly what: 'start' | 'done';
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** How many jobs the worker handles at this moment, this one included. */
  readonly atATime: number;
  /** Whether the signal of the handler was aborted: the job belongs to another worker. */
  readonly lost: boolean;
}

// In milliseconds.
const LONGEST_JOB = 20;

const [address = '', parallel = '1'] = process.argv.slice(2);
const client = connect(WorkQueue, address, { backoff: { first: 100, longest: 1000 } });
const stop = new AbortController();
process.once('message', () => stop.abort());
let atATime = 0;

/** Resolves when the parent can read it, even if this process is killed now. */
const report = (message: Omit<Report, 'at'>) =>
  new Promise((resolve) =>
    process.send?.({ ...message, at: performance.timeOrigin + performance.now() }, resolve),
  );

await work(
  client,
  { parallel: Number(parallel), signal: stop.signal },
  async ({ id, payload }, { signal }) => {
    atATime++;
    await report({ what: 'start', id, atATime, lost: false });
    try {
      await delay(Math.random() * LONGEST_JOB);
      if (`${payload}` === 'throw') throw new Error('poison');
      if (`${payload}` === 'kill') process.kill(process.pid, 'SIGKILL');
      await report({ what: 'done', id, atATime, lost: signal.aborted });
    } finally {
      atATime--;
    }
  },
);
await client.close();
process.disconnect();
