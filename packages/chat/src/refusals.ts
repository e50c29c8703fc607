// Every refusal of the chat, with what a client can do about it.
import { status } from '@grpc/grpc-js';
import { richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';
import type { FromClient__Output } from 'proto/gen/chatserver/FromClient';
import type { LogLimits } from './log.ts';

export const LONGEST_NAME = 40;
export const LONGEST_BODY = 4096;
export const LONGEST_SENDER = 200;
// Characters that break a line on a terminal, or change the order of the text around them.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

function flawOfName(name: string): string | undefined {
  if (name.trim() === '') return 'must not be empty';
  const { length } = [...name];
  if (length > LONGEST_NAME) return `has ${length} characters, at most ${LONGEST_NAME} are allowed`;
  if (UNPRINTABLE.test(name)) return 'must not contain control characters';
  return undefined;
}

function flawOfBody(body: string): string | undefined {
  const bytes = Buffer.byteLength(body);
  return bytes > LONGEST_BODY ? `has ${bytes} bytes, at most ${LONGEST_BODY} are allowed` : undefined;
}

function flawOfNumber(number: string): string | undefined {
  return Number.isSafeInteger(Number(number)) ? undefined : `is ${number}, at most 2 ** 53 - 1 is allowed`;
}

/** What is wrong with the header `sender`; undefined: nothing. */
export function badSender(sender: string): StatusError | undefined {
  const flaw =
    sender.length > LONGEST_SENDER
      ? `has ${sender.length} characters, at most ${LONGEST_SENDER} are allowed`
      : undefined;
  return refusalOf({ sender: flaw });
}

/** What is wrong with a message, field by field; undefined: nothing. */
export function badMessage({
  name,
  body,
  number,
}: Pick<FromClient__Output, 'name' | 'body' | 'number'>): StatusError | undefined {
  return refusalOf({ name: flawOfName(name), body: flawOfBody(body), number: flawOfNumber(number) });
}

function refusalOf(flawOf: Record<string, string | undefined>): StatusError | undefined {
  const flaws = Object.entries(flawOf);
  const violations = flaws.flatMap(([field, description]) => (description ? [{ field, description }] : []));
  if (violations.length === 0) return undefined;
  const [{ field, description } = { field: '', description: '' }] = violations;
  return richStatus(status.INVALID_ARGUMENT, `${field} ${description}`, [
    { type: 'BadRequest', fieldViolations: violations },
  ]);
}

/** For a client that sends too fast. It can wait and come back. */
export function tooFast(limit: number, wait: number): StatusError {
  return richStatus(status.RESOURCE_EXHAUSTED, `more than ${limit} messages a second`, [
    {
      type: 'RetryInfo',
      retryDelay: { seconds: Math.floor(wait / 1000), nanos: Math.round((wait % 1000) * 1e6) },
    },
  ]);
}

/** For a client that does not read its messages. */
export function tooSlow({ messages, bytes }: LogLimits): StatusError {
  return new StatusError(
    status.RESOURCE_EXHAUSTED,
    `reads too slowly: more than ${messages} messages or ${bytes} bytes behind`,
  );
}

/** For members whose position in the room is lost. They connect again, and learn that the room is a new one. */
export const restarted = () =>
  new StatusError(status.UNAVAILABLE, 'the broker has lost the room, or a part of it');

export const closing = () => new StatusError(status.UNAVAILABLE, 'the chat is shutting down');

/** For a client that wants to join, to speak, or to ask who is there, while the broker is away. */
export function brokerLost(error: unknown): StatusError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StatusError(status.UNAVAILABLE, `the broker does not answer: ${reason}`);
}
