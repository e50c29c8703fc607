// What the check of every exercise needs: the file to try, and a server and a client of it.
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

interface TestContext {
  after(cleanUp: () => void): void;
}

/** For every test: one that waits for what never comes fails after this many milliseconds. */
export const patience = { timeout: 5000 };

/**
 * The file to try, beside the check: what `EXERCISE_FILE` says, else the starting point.
 *
 * @param check the `import.meta.url` of the check
 */
export async function attempt<Module>(check: string): Promise<Module> {
  return await import(new URL(process.env.EXERCISE_FILE ?? 'start.ts', check).href);
}

/** Serves for the length of a test, and gives a client. */
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

/** Requests of a worker, sent one by one as the check says. */
export function oneByOne() {
  const { readable, writable } = new TransformStream<FromWorker, FromWorker>(undefined, {
    highWaterMark: 100,
  });
  const writer = writable.getWriter();
  return {
    requests: readable as AsyncIterable<FromWorker>,
    // A call that is over takes no more.
    send: (request: FromWorker) => void writer.write(request).catch(() => {}),
    halfClose: () => void writer.close().catch(() => {}),
  };
}

/** A promise to wait for, and the function that settles it. */
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

/** The greeting service with some of its methods; the others are UNIMPLEMENTED. */
export function greetering(methods: Partial<IterableHandlers<GreeteringHandlers>>): Service {
  return defineService<GreeteringHandlers>(
    Greetering.service,
    { Hello: missing, StreamHello: missing, GreetEach: missing, GreetTogether: missing, ...methods },
    { onError: () => {} },
  );
}

/** The work queue with one of its methods; the others are UNIMPLEMENTED. */
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
