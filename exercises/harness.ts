// What every check needs: the file to check, and a server and a client for it.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, status } from '@grpc/grpc-js';
import {
  type ClientClass,
  connect,
  defineService,
  type IterableClient,
  type IterableHandlers,
  type Service,
  StatusError,
  serve,
} from 'grpc-iterables';
import { Greetering, WorkQueue } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';
import type { FromWorker } from 'proto/gen/workqueue/FromWorker';
import type { WorkQueueHandlers } from 'proto/gen/workqueue/WorkQueue';

/**
 * Waits for something that must happen. If it does not happen within three seconds, the error says what was missing.
 *
 * @param what a sentence that says what must happen
 */
export async function expected<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  const giveUp = new AbortController();
  const late = delay(3000, undefined, { signal: giveUp.signal }).then(() =>
    assert.fail(`${what}, but that has not happened within three seconds`),
  );
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    giveUp.abort();
  }
}

/**
 * Explains what went wrong unless the call fails with this status.
 *
 * @param text what the text of the status must contain
 * @returns the error of the call
 */
export async function failsWith(call: Promise<unknown>, code: status, text = /(?:)/): Promise<StatusError> {
  const wanted = `the call must fail with ${status[code]}${text.source === '(?:)' ? '' : ` and a text with ${text}`}`;
  const error: unknown = await call.then(
    (value) => assert.fail(`${wanted}, but it returned ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof assert.AssertionError) throw error;
  if (!(error instanceof StatusError)) assert.fail(`${wanted}, but it threw ${error}`);
  if (error.code !== code || !text.test(error.details))
    assert.fail(`${wanted}, but it failed with ${status[error.code]}: ${error.details}`);
  return error;
}

interface TestContext {
  after(cleanUp: () => void): void;
}

/** The time limit of every test. A test that takes longer waits for something that never happens. */
export const patience = { timeout: 5000 };

/**
 * The file to check. `EXERCISE_FILE` names it. Without that it is the starting point.
 *
 * @param check the `import.meta.url` of the check
 */
export async function attempt<Module>(check: string): Promise<Module> {
  return await import(new URL(process.env.EXERCISE_FILE ?? 'start.ts', check).href);
}

/** Serves until the test ends, and returns a client. */
export async function served<C extends Client>(
  t: TestContext,
  service: Service,
  clientClass: ClientClass<C>,
): Promise<IterableClient<C>> {
  const server = await serve([service], { gracePeriod: 0 });
  const client = connect(clientClass, server.address);
  t.after(() => {
    void client.close();
    return server.shutdown();
  });
  return client;
}

/** Requests of a worker. The check sends them one by one. */
export function oneByOne() {
  const { readable, writable } = new TransformStream<FromWorker, FromWorker>(undefined, {
    highWaterMark: 100,
  });
  const writer = writable.getWriter();
  return {
    requests: readable as AsyncIterable<FromWorker>,
    // A call that has ended takes no more requests.
    send: (request: FromWorker) => void writer.write(request).catch(() => {}),
    halfClose: () => void writer.close().catch(() => {}),
  };
}

/** A promise to wait for, and the function that resolves it. */
export function event<Value = void>() {
  let happen: (value: Value) => void = () => {};
  const happened = new Promise<Value>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}

const missing = () => {
  throw new StatusError(status.UNIMPLEMENTED, 'not part of this exercise');
};

/** The greeting service with some of its methods. The others fail with UNIMPLEMENTED. */
export function greetering(methods: Partial<IterableHandlers<GreeteringHandlers>>): Service {
  return defineService<GreeteringHandlers>(
    Greetering.service,
    { Hello: missing, StreamHello: missing, GreetEach: missing, GreetTogether: missing, ...methods },
    { onError: () => {} },
  );
}

/** The work queue with one of its methods. The others fail with UNIMPLEMENTED. */
export function workQueue(methods: Pick<IterableHandlers<WorkQueueHandlers>, 'Work'>): Service {
  return defineService<WorkQueueHandlers>(
    WorkQueue.service,
    {
      Add: missing,
      Stats: missing,
      DeadLetters: missing,
      Retry: missing,
      Discard: missing,
      ...methods,
    },
    { onError: () => {} },
  );
}
