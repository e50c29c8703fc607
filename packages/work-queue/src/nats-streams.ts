// How a queue is laid out in NATS JetStream (https://docs.nats.io/nats-concepts/jetstream).
import { createHash } from 'node:crypto';
import {
  AckPolicy,
  type JetStreamManager,
  type JsMsg,
  RetentionPolicy,
  type StoredMsg,
} from '@nats-io/jetstream';
import { headers, type MsgHdrs, nanos } from '@nats-io/transport-node';
import { isJobId, type Job } from './job.ts';

/** The names of streams, subjects and consumers of one queue. */
export interface Names {
  /** The jobs that are not done. */
  readonly jobs: string;
  readonly dead: string;
  /** How often jobs have failed, by their ids. */
  readonly failures: string;
  /** One for jobs without a key, and one for each lane. */
  readonly consumers: readonly string[];
  subjectOf(job: Job): string;
  deadSubject(id: string): string;
  failuresSubject(id: string): string;
}

// Jobs with the same key are in the same lane, and of each lane one job at a time is given out, over all servers.
const LANES = 16;
// In milliseconds. The jobs of a server that was killed come to others after this time.
export const ACK_WAIT = 5000;
export const DUPLICATE_WINDOW = 120_000;
const FAILURES_KEPT = 24 * 3600_000;
// More than the windows of all workers.
const MOST_HELD = 1_000_000;

function laneOf(key: string): string {
  if (key === '') return 'free';
  return `lane-${createHash('sha256').update(key).digest().readUInt32BE() % LANES}`;
}

export function namesOf(queue: string): Names {
  const stream = `queue-${queue}`;
  return {
    jobs: stream,
    dead: `${stream}-dead`,
    failures: `${stream}-failures`,
    consumers: ['free', ...Array.from({ length: LANES }, (_, lane) => `lane-${lane}`)],
    subjectOf: ({ key }) => `queue.${queue}.jobs.${laneOf(key)}`,
    deadSubject: (id) => `queue.${queue}.dead.${id}`,
    failuresSubject: (id) => `queue.${queue}.failures.${id}`,
  };
}

/** Makes what a queue consists of, as far as it is missing: all of it, or what a broker has lost when it was killed. */
export async function openStreams(manager: JetStreamManager, queue: string): Promise<Names> {
  const names = namesOf(queue);
  await manager.streams.add({
    name: names.jobs,
    subjects: [`queue.${queue}.jobs.*`],
    // It has no limit of its own: near `max_bytes` NATS 2.9 drops old messages, even with the policy to refuse new ones.
    retention: RetentionPolicy.Workqueue,
    duplicate_window: nanos(DUPLICATE_WINDOW),
  });
  await manager.streams.add({
    name: names.dead,
    subjects: [names.deadSubject('*')],
    max_msgs_per_subject: 1,
  });
  await manager.streams.add({
    name: names.failures,
    subjects: [names.failuresSubject('*')],
    max_msgs_per_subject: 1,
    max_age: nanos(FAILURES_KEPT),
  });
  for (const name of names.consumers) await openConsumer(manager, names, queue, name);
  return names;
}

async function openConsumer(
  manager: JetStreamManager,
  { jobs }: Names,
  queue: string,
  name: string,
): Promise<void> {
  const config = {
    durable_name: name,
    filter_subject: `queue.${queue}.jobs.${name}`,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT),
    max_ack_pending: name === 'free' ? MOST_HELD : 1,
  };
  const { num_ack_pending, delivered } = await manager.consumers.add(jobs, config);
  if (name === 'free' || num_ack_pending === 0) return;
  // NATS 2.9 may have removed a job, and forgotten by a kill that it was acknowledged: the lane then waits for it without end.
  if (await manager.streams.getMessage(jobs, { seq: delivered.stream_seq })) return;
  const now = await manager.consumers.info(jobs, name);
  if (now.num_ack_pending === 0 || now.delivered.stream_seq !== delivered.stream_seq) return;
  await manager.consumers.delete(jobs, name);
  await manager.consumers.add(jobs, config);
}

/** The headers of a message for a job; its payload is the body. */
export function headersOf({ id, key }: Job): MsgHdrs {
  const all = headers();
  all.set('Job-Id', id);
  all.set('Job-Key', encodeURIComponent(key));
  return all;
}

/** What a message that was delivered, or looked up, says in a header. */
export function headerOf(message: JsMsg | StoredMsg, name: string): string {
  const all = 'headers' in message ? message.headers : message.header;
  return all?.get(name) ?? '';
}

/** What a header says that was written with encodeURIComponent; undefined if another program wrote something else. */
export function textOf(message: JsMsg | StoredMsg, name: string): string | undefined {
  try {
    return decodeURIComponent(headerOf(message, name));
  } catch {
    return undefined;
  }
}

/** The job of a message; undefined if another program wrote the message, and it is not a job. */
export function jobOf(message: JsMsg | StoredMsg): Job | undefined {
  const id = headerOf(message, 'Job-Id');
  const key = textOf(message, 'Job-Key');
  return isJobId(id) && key !== undefined ? { id, key, payload: message.data } : undefined;
}
