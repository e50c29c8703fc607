// Every refusal of the queue, with what a client can do about it.
import { status } from '@grpc/grpc-js';
import { richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';
import type { NewJob__Output } from 'proto/gen/workqueue/NewJob';
import type { Window__Output } from 'proto/gen/workqueue/Window';
import { isJobId } from './job.ts';

export const LONGEST_KEY = 200;
export const LONGEST_PAYLOAD = 65_536;
export const MOST_JOBS_IN_A_CALL = 10_000;
export const LARGEST_WINDOW = 10_000;
export const SHORTEST_LEASE = 100;
export const LONGEST_LEASE = 600_000;
const LONGEST_NAME = 100;
// In seconds.
const WHEN_FULL = 1;

interface Flaw {
  readonly field: string;
  readonly description: string;
}

/** The first flaw is in the message, for people; all are in the details, for programs. */
function badRequest(where: string, flaws: (Flaw | false)[]): StatusError | undefined {
  const violations = flaws.filter((flaw) => flaw !== false);
  const [first] = violations;
  if (!first) return undefined;
  return richStatus(status.INVALID_ARGUMENT, `${where}${first.field} ${first.description}`, [
    { type: 'BadRequest', fieldViolations: violations },
  ]);
}

const tooLong = (field: string, bytes: number, most: number): Flaw | false =>
  bytes > most && { field, description: `has ${bytes} bytes, at most ${most} are allowed` };

const outside = (field: string, value: number, least: number, most: number): Flaw | false =>
  (value < least || value > most) && { field, description: `is ${value}, not from ${least} to ${most}` };

/** What is wrong with a job; undefined: nothing. */
export function badJob({ id, key, payload }: NewJob__Output, position: number): StatusError | undefined {
  return badRequest(`job ${position} of the call: `, [
    !isJobId(id) && {
      field: 'id',
      description: `"${id.slice(0, 100)}" is not 1 to 64 letters, digits, - and _`,
    },
    tooLong('key', Buffer.byteLength(key), LONGEST_KEY),
    tooLong('payload', payload.byteLength, LONGEST_PAYLOAD),
  ]);
}

/** What is wrong with a window; undefined: nothing. */
export function badWindow({ jobs, leaseMs, worker }: Window__Output): StatusError | undefined {
  return badRequest('window: ', [
    outside('jobs', jobs, 0, LARGEST_WINDOW),
    leaseMs !== 0 && outside('lease_ms', leaseMs, SHORTEST_LEASE, LONGEST_LEASE),
    tooLong('worker', Buffer.byteLength(worker), LONGEST_NAME),
  ]);
}

/** What is wrong with a time that `extend` or `nack` gives; undefined: nothing. */
export function badTime(field: string, milliseconds: number): StatusError | undefined {
  return badRequest('', [outside(field, milliseconds, 0, LONGEST_LEASE)]);
}

export function tooManyJobs(): StatusError {
  return new StatusError(
    status.INVALID_ARGUMENT,
    `more than ${MOST_JOBS_IN_A_CALL} jobs in one call; half-close after ${MOST_JOBS_IN_A_CALL}, and call again`,
  );
}

export const nothingSaid = () =>
  new StatusError(status.INVALID_ARGUMENT, 'a message with none of window, ack, nack and extend');

export const notReading = (most: number) =>
  new StatusError(status.RESOURCE_EXHAUSTED, `the worker does not read: ${most} messages wait for it`);

export const noSuchLease = (lease: string) =>
  new StatusError(
    status.INVALID_ARGUMENT,
    `lease ${lease} is not open on this call; answer each lease once, on the call that it came on`,
  );

/** For a producer that can wait until workers have made room. */
export function queueFull(maxBytes: number): StatusError {
  return richStatus(status.RESOURCE_EXHAUSTED, `the queue is full: it can keep at most ${maxBytes} bytes`, [
    { type: 'RetryInfo', retryDelay: { seconds: WHEN_FULL, nanos: 0 } },
  ]);
}

export const shuttingDown = () => new StatusError(status.UNAVAILABLE, 'the queue is shutting down');

export function brokerLost(error: unknown): StatusError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StatusError(status.UNAVAILABLE, `the broker does not answer: ${reason}`);
}
