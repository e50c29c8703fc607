// The jobs that failed, in NATS: how often, and those that failed too often.
import {
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  type StoredMsg,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Job } from './job.ts';
import { headerOf, headersOf, jobOf, type Names, textOf } from './nats-streams.ts';
import type { Chosen, DeadLetter } from './queue.ts';

/** A dead letter, and its place in the stream of dead letters. */
export interface Stored {
  readonly letter: DeadLetter;
  readonly place: number;
}

export interface NatsDeadLetters {
  /** How often a job has failed. */
  failuresOf(id: string): Promise<number>;
  failed(id: string, failures: number): Promise<void>;
  /** Forgets how often a job has failed. */
  forget(id: string): Promise<void>;
  bury(job: Job, attempts: number, reason: string): Promise<void>;
  size(): Promise<number>;
  /** The oldest first. */
  list(chosen: Chosen): AsyncGenerator<Stored>;
  remove(stored: Stored): Promise<boolean>;
}

// In milliseconds: how long to wait for letters that were removed meanwhile.
const LIST_TIMEOUT = 1000;

export function natsDeadLetters(
  broker: NatsConnection,
  manager: JetStreamManager,
  names: Names,
): NatsDeadLetters {
  const client: JetStreamClient = jetstream(broker);

  async function lastOf(stream: string, subject: string): Promise<StoredMsg | null> {
    return await manager.streams.getMessage(stream, { last_by_subj: subject });
  }

  async function* listAll(): AsyncGenerator<Stored> {
    const { state } = await manager.streams.info(names.dead);
    if (state.messages === 0) return;
    const consumer = await client.consumers.get(names.dead);
    try {
      const messages = await consumer.fetch({ max_messages: state.messages, expires: LIST_TIMEOUT });
      for await (const message of messages) {
        const letter = letterOf(message);
        if (letter) yield { letter, place: message.seq };
      }
    } finally {
      await consumer.delete();
    }
  }

  return {
    async failuresOf(id) {
      return Number((await lastOf(names.failures, names.failuresSubject(id)))?.string() ?? 0);
    },
    async failed(id, failures) {
      await client.publish(names.failuresSubject(id), String(failures));
    },
    async forget(id) {
      await manager.streams.purge(names.failures, { filter: names.failuresSubject(id) });
    },
    async bury(job, attempts, reason) {
      const headers = headersOf(job);
      headers.set('Job-Attempts', String(attempts));
      headers.set('Job-Reason', encodeURIComponent(reason));
      headers.set('Job-Died', String(Date.now()));
      await client.publish(names.deadSubject(job.id), job.payload, { headers });
    },
    size: async () => (await manager.streams.info(names.dead)).state.messages,
    async *list(chosen) {
      if (chosen === 'all') return yield* listAll();
      for (const id of chosen) {
        const message = await lastOf(names.dead, names.deadSubject(id));
        const letter = message && letterOf(message);
        if (letter) yield { letter, place: message.seq };
      }
    },
    remove: ({ place }) => manager.streams.deleteMessage(names.dead, place, false),
  };
}

/** The dead letter of a message; undefined if another program wrote the message. */
function letterOf(message: JsMsg | StoredMsg): DeadLetter | undefined {
  const job = jobOf(message);
  const reason = textOf(message, 'Job-Reason');
  if (!job || reason === undefined) return undefined;
  return {
    ...job,
    attempts: Number(headerOf(message, 'Job-Attempts')),
    reason,
    diedAt: Number(headerOf(message, 'Job-Died')),
  };
}
