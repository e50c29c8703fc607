// A queue in a NATS broker. Several servers share it, and it stays when they end.
import { setTimeout as delay } from 'node:timers/promises';
import { type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { newGauge } from './gauge.ts';
import { type Job, retryDelay, weightOf } from './job.ts';
import { natsDeadLetters } from './nats-dead-letters.ts';
import { ACK_WAIT, DUPLICATE_WINDOW, headersOf, jobOf, openStreams } from './nats-streams.ts';
import type { Chosen, Queue, QueueOptions } from './queue.ts';
import { newRecent } from './recent.ts';
import { brokerLost, queueFull } from './refusals.ts';
import { newWorkers, type Outcome } from './workers.ts';

export interface NatsQueueOptions extends QueueOptions {
  /** Where the broker is, as in `nats://127.0.0.1:4222`. */
  readonly broker: string;
  /** What the queue is called in the broker: servers with the same name share it. */
  readonly name: string;
}

/** A message that this server has and the broker waits for. */
interface Taken {
  readonly message: JsMsg;
  readonly job: Job;
  /** How often the job has failed before. */
  readonly failures: number;
}

// In milliseconds.
const TIMEOUT = 5000;
const PULL = 2000;
const PAUSE = 500;
// How long a job waits here for a worker, before other servers may have it.
const LONGEST_STAY = 1000;
const MOST_IN_A_PULL = 500;

/**
 * Opens the queue, and makes it if there is none of that name.
 *
 * @throws Error if the broker can't be reached, or has no JetStream
 */
export async function natsQueue({ broker: url, name, attempts, maxBytes }: NatsQueueOptions): Promise<Queue> {
  const broker = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 250 });
  const manager = await jetstreamManager(broker);
  const client = jetstream(broker);
  const names = await openStreams(manager, name);
  const dead = natsDeadLetters(broker, manager, names);
  const workers = newWorkers(handOut);
  const gauge = newGauge(maxBytes, async () => (await manager.streams.info(names.jobs)).state.bytes);
  // What a broker knows of the ids of done jobs is gone when it restarts.
  const recent = newRecent(DUPLICATE_WINDOW);
  const counts = { added: 0, done: 0, failed: 0 };
  const taken = new Set<Taken>();
  // Jobs that no worker has yet. It is mostly empty, because the server pulls only as many jobs as its workers can hold.
  const ready = new Map<Taken, NodeJS.Timeout>();
  let roomMade = newSignal();
  let closing = false;
  let inOrder = true;
  let repairing: Promise<unknown> | undefined;
  const heartbeat = setInterval(() => {
    for (const { message } of taken) message.working();
  }, ACK_WAIT / 3);
  const pulling = [...names.consumers.map(pullAll), watchBroker()];

  // #region pull
  /** Takes jobs from the broker as long as workers can hold more. */
  async function pullAll(consumerName: string): Promise<void> {
    while (!closing) {
      const room = workers.free() - ready.size;
      if (room <= 0) {
        await roomMade.happened;
        continue;
      }
      try {
        if (!inOrder) await repair();
        const consumer = await client.consumers.get(names.jobs, consumerName);
        const messages = await consumer.fetch({
          max_messages: consumerName === 'free' ? Math.min(room, MOST_IN_A_PULL) : 1,
          expires: PULL,
        });
        for await (const message of messages) await take(message);
      } catch {
        // The broker is away. Workers keep their jobs in the meantime.
        await delay(PAUSE);
      }
    }
  }

  /** After a broker was killed, it may have no consumer, or one that does not answer. This makes the consumers again. */
  async function repair(): Promise<void> {
    repairing ??= openStreams(manager, name).finally(() => {
      repairing = undefined;
    });
    await repairing;
    inOrder = true;
  }

  async function watchBroker(): Promise<void> {
    for await (const { type } of broker.status()) if (type === 'reconnect') inOrder = false;
  }

  async function take(message: JsMsg): Promise<void> {
    const job = jobOf(message);
    // It is not a job, so no worker could answer it. `term` removes it. Otherwise the broker would send it again for ever.
    if (!job) return message.term();
    const failures = message.info.deliveryCount > 1 ? await dead.failuresOf(job.id) : 0;
    const item = { message, job, failures };
    taken.add(item);
    ready.set(item, setTimeout(giveBack, LONGEST_STAY, item));
    handOut();
  }

  /** When this server asked for the job, a worker had room for it. Now no worker has room. `nak` gives it back. */
  function giveBack(item: Taken): void {
    taken.delete(item);
    ready.delete(item);
    item.message.nak();
  }

  function handOut(): void {
    for (const [item, timer] of ready) {
      if (!workers.hasRoom()) return;
      clearTimeout(timer);
      ready.delete(item);
      const { job, failures } = item;
      workers.give({ job, number: failures + 1, settle: (outcome) => settle(item, outcome) });
    }
    if (!workers.hasRoom()) return;
    roomMade.happen();
    roomMade = newSignal();
  }
  // #endregion pull

  // #region settle
  async function settle(item: Taken, outcome: Outcome): Promise<void> {
    const { message, job, failures } = item;
    taken.delete(item);
    try {
      if (outcome.done) {
        await acknowledge(message);
        counts.done++;
        if (failures > 0) await dead.forget(job.id);
        return;
      }
      counts.failed++;
      const attempt = failures + 1;
      if (attempt < attempts) {
        await dead.failed(job.id, attempt);
        message.nak(outcome.retryAfter ?? retryDelay(attempt));
        return;
      }
      await dead.bury(job, attempt, outcome.reason);
      await acknowledge(message);
      await dead.forget(job.id);
    } catch (error) {
      // The broker does not know the outcome. After some time without an answer it gives the job out again.
      throw brokerLost(error);
    }
  }
  // #endregion settle

  /** Resolves when the broker has removed the job. */
  async function acknowledge(message: JsMsg): Promise<void> {
    if (!(await message.ackAck({ timeout: TIMEOUT }))) throw new Error('no answer to an acknowledgement');
  }

  /** @param msgID one that the broker has seen in the last minutes is not added again. */
  async function publish(job: Job, msgID: string): Promise<boolean> {
    try {
      const options = { msgID, headers: headersOf(job), timeout: TIMEOUT };
      const { duplicate } = await client.publish(names.subjectOf(job), job.payload, options);
      return !duplicate;
    } catch (error) {
      throw brokerLost(error);
    }
  }

  return {
    async add(job) {
      if (recent.has(job.id)) return false;
      if (!(await answered(() => gauge.take(weightOf(job))))) throw queueFull(maxBytes);
      const isNew = await publish(job, job.id);
      recent.add(job.id);
      if (isNew) counts.added++;
      return isNew;
    },
    join: workers.join,
    numbers: () =>
      answered(async () => {
        let notDone = 0;
        for await (const { num_pending, num_ack_pending } of manager.consumers.list(names.jobs)) {
          notDone += num_pending + num_ack_pending;
        }
        const held = workers.held();
        const waiting = Math.max(0, notDone - held);
        return { ...counts, waiting, held, dead: await dead.size(), workers: workers.numbers() };
      }),
    async *deadLetters() {
      for await (const { letter } of dead.list('all')) yield letter;
    },
    retry: (chosen) =>
      forEach(chosen, async (stored) => {
        // Another id for the broker, which knows the first one.
        await publish(stored.letter, `${stored.letter.id}/${stored.place}`);
        await dead.remove(stored);
      }),
    discard: (chosen) => forEach(chosen, async (stored) => void (await dead.remove(stored))),
    drain: workers.drain,
    async close() {
      closing = true;
      clearInterval(heartbeat);
      for (const [item, timer] of ready) {
        clearTimeout(timer);
        giveBack(item);
      }
      roomMade.happen();
      await broker.close();
      await Promise.all(pulling);
    },
  };

  function forEach(chosen: Chosen, use: (stored: Parameters<typeof dead.remove>[0]) => Promise<void>) {
    return answered(async () => {
      let count = 0;
      for await (const stored of dead.list(chosen)) {
        await use(stored);
        count++;
      }
      return count;
    });
  }
}

async function answered<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw brokerLost(error);
  }
}

function newSignal() {
  let happen = () => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}
