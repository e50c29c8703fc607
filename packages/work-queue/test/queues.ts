// A queue server inside the test's process, and workers that say just what the test wants.
import {
  connect as connectTo,
  type IterableClient,
  type RunningServer,
  StatusError,
  serve,
} from 'grpc-iterables';
import { WorkQueue } from 'proto';
import type { FromWorker } from 'proto/gen/workqueue/FromWorker';
import type { ToWorker__Output } from 'proto/gen/workqueue/ToWorker';
import type { WorkQueueClient } from 'proto/gen/workqueue/WorkQueue';
import { newMailbox } from '../src/mailbox.ts';
import { memoryQueue } from '../src/memory-queue.ts';
import type { Queue, QueueOptions } from '../src/queue.ts';
import { type WorkQueueOptions, workQueueService } from '../src/service.ts';

export interface Test {
  after(cleanUp: () => Promise<void> | void): void;
}

export type Client = IterableClient<WorkQueueClient>;
export type OpenQueue = (options: QueueOptions) => Queue | Promise<Queue>;

export interface RunningQueue extends RunningServer {
  readonly queue: Queue;
  readonly log: string[];
  /** Over a connection of its own. */
  readonly client: Client;
}

export async function startQueue(
  t: Test,
  options: Partial<QueueOptions & WorkQueueOptions & { port: number }> = {},
  openQueue: OpenQueue = memoryQueue,
): Promise<RunningQueue> {
  const log: string[] = [];
  const defaults = {
    attempts: 5,
    maxBytes: 2 ** 28,
    lease: 30_000,
    log: (line: string) => void log.push(line),
  };
  const settings = { ...defaults, ...options };
  const queue = await openQueue(settings);
  const server = await serve([workQueueService(queue, settings)], {
    gracePeriod: 0,
    port: options.port ?? 0,
  });
  t.after(async () => {
    await server.shutdown();
    await queue.close();
  });
  return { ...server, queue, log, client: connect(t, server.address) };
}

/** A client with a connection of its own. */
export function connect(t: Test, address: string): Client {
  const client = connectTo(WorkQueue, address, { backoff: { first: 100, longest: 500 } });
  // Not awaited: a test may leave calls open, which end with its server.
  t.after(() => void client.close());
  return client;
}

/** A worker by a bare call. */
export interface BareWorker {
  send(request: FromWorker): void;
  ack(lease: string): void;
  halfClose(): void;
  cancel(): void;
  /** The next message from the server; undefined at the end. */
  next(): Promise<ToWorker__Output | undefined>;
  /** The next job. */
  job(): Promise<NonNullable<ToWorker__Output['job']>>;
  /** Sends this window, and returns the jobs that came before its answer. */
  jobsBefore(window: NonNullable<FromWorker['window']>): Promise<string[]>;
}

/** Starts a worker; resolves when its window is open. */
export async function enter(client: Client, window: NonNullable<FromWorker['window']>): Promise<BareWorker> {
  const outgoing = newMailbox<FromWorker>();
  const abort = new AbortController();
  const responses = client.work(outgoing, { signal: abort.signal });

  async function next(): Promise<ToWorker__Output | undefined> {
    const { done, value } = await responses.next();
    return done ? undefined : value;
  }
  async function until<Kind extends 'job' | 'window'>(kind: Kind, before: string[] = []) {
    for (;;) {
      const message = await next();
      if (!message) throw new Error(`ended before a ${kind}`);
      const found = message[kind];
      if (found) return found as NonNullable<ToWorker__Output[Kind]>;
      if (message.job) before.push(message.job.id);
    }
  }
  const worker: BareWorker = {
    send: outgoing.put,
    ack: (lease) => outgoing.put({ ack: { lease } }),
    halfClose: () => outgoing.close(),
    cancel: () => abort.abort(),
    next,
    job: () => until('job'),
    async jobsBefore(changed) {
      const before: string[] = [];
      outgoing.put({ window: changed });
      await until('window', before);
      return before;
    },
  };
  outgoing.put({ window });
  await until('window');
  return worker;
}

/** Jobs with the ids PREFIX1, PREFIX2 and so on; their ids are their payloads too. */
export function jobs(prefix: string, count: number, key = '') {
  return Array.from({ length: count }, (_, index) => {
    const id = `${prefix}${index + 1}`;
    return { id, key, payload: id };
  });
}

/** A promise to wait for, and the function that resolves it. */
export function event<Value = void>() {
  let happen: (value: Value) => void = () => {};
  const happened = new Promise<Value>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}

/** Resolves when `holds` returns true. Calls it in each turn of the event loop. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** The code of the status that a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<StatusError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
