// Every refusal of the store, with what a client can do about it.
import { status } from '@grpc/grpc-js';
import { type Detail, richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';
import type { WatchRequest__Output } from 'proto/gen/watch/WatchRequest';
import type { Put } from './store.ts';
import { WatchError, type WatchErrorReason } from './watch-error.ts';

export const DOMAIN = 'watch.example';
export const LONGEST_KEY = 512;
export const LARGEST_VALUE = 256 * 1024;
export const LARGEST_PUT = 1024 * 1024;
export const MOST_KEYS = 128;
const SHORTEST_BOOKMARK = 100;
const LONGEST_BOOKMARK = 3_600_000;
// They change the order of the characters around them on a terminal.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

type Violation = { field: string; description: string };

function flawsOfPrefix(prefix: string, field: string): Violation[] {
  const flaws: string[] = [];
  const bytes = Buffer.byteLength(prefix);
  if (bytes > LONGEST_KEY) flaws.push(`has ${bytes} bytes, at most ${LONGEST_KEY} are allowed`);
  if (UNPRINTABLE.test(prefix)) flaws.push('must not contain control characters');
  return flaws.map((description) => ({ field, description }));
}

function flawsOfKey(key: string, field: string): Violation[] {
  return key === '' ? [{ field, description: 'must not be empty' }] : flawsOfPrefix(key, field);
}

function flawsOfCount(count: number, field: string): Violation[] {
  if (count > 0 && count <= MOST_KEYS) return [];
  return [{ field, description: `has ${count} keys, 1 to ${MOST_KEYS} are allowed` }];
}

function invalid(violations: Violation[]): StatusError | undefined {
  const [first] = violations;
  if (!first) return undefined;
  return richStatus(status.INVALID_ARGUMENT, `${first.field} ${first.description}`, [
    { type: 'BadRequest', fieldViolations: violations },
  ]);
}

/** What is wrong with the entries of a Put; undefined: nothing. */
export function badPut(entries: readonly Put[]): StatusError | undefined {
  const total = entries.reduce((sum, { value }) => sum + value.length, 0);
  const keys = entries.map(({ key }) => key);
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  return invalid([
    ...flawsOfCount(entries.length, 'entries'),
    ...entries.flatMap(({ key, value }, index) => [
      ...flawsOfKey(key, `entries[${index}].key`),
      ...(value.length > LARGEST_VALUE
        ? [
            {
              field: `entries[${index}].value`,
              description: `has ${value.length} bytes, at most ${LARGEST_VALUE} are allowed`,
            },
          ]
        : []),
    ]),
    ...(total > LARGEST_PUT
      ? [{ field: 'entries', description: `have ${total} bytes, at most ${LARGEST_PUT} are allowed` }]
      : []),
    ...(repeated === undefined ? [] : [{ field: 'entries', description: `has "${repeated}" twice` }]),
  ]);
}

/** What is wrong with the keys of a Delete; undefined: nothing. */
export function badKeys(keys: readonly string[]): StatusError | undefined {
  return invalid([
    ...flawsOfCount(keys.length, 'keys'),
    ...keys.flatMap((key, index) => flawsOfKey(key, `keys[${index}]`)),
  ]);
}

/** What is wrong with a prefix; undefined: nothing. */
export const badPrefix = (prefix: string) => invalid(flawsOfPrefix(prefix, 'prefix'));

/** What is wrong with a WatchRequest; undefined: nothing. */
export function badWatch(request: WatchRequest__Output): StatusError | undefined {
  const { prefix, afterRevision, storeId, bookmarkMs } = request;
  const violations = flawsOfPrefix(prefix, 'prefix');
  if (afterRevision !== '0' && storeId === '')
    violations.push({ field: 'store_id', description: 'is needed with after_revision' });
  if (!Number.isSafeInteger(Number(afterRevision)))
    violations.push({
      field: 'after_revision',
      description: `is ${afterRevision}, at most 2 ** 53 - 1 is allowed`,
    });
  if (bookmarkMs !== 0 && (bookmarkMs < SHORTEST_BOOKMARK || bookmarkMs > LONGEST_BOOKMARK))
    violations.push({
      field: 'bookmark_ms',
      description: `is ${bookmarkMs}, ${SHORTEST_BOOKMARK} to ${LONGEST_BOOKMARK} are allowed`,
    });
  return invalid(violations);
}

// #region refuse
const CODES: Record<WatchErrorReason, status> = {
  COMPACTED: status.OUT_OF_RANGE,
  FUTURE_REVISION: status.OUT_OF_RANGE,
  STORE_CHANGED: status.OUT_OF_RANGE,
  TOO_SLOW: status.RESOURCE_EXHAUSTED,
};

/** The error for a client whose watch cannot begin or continue. It returns other errors as they are. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof WatchError)) return error;
  const { reason, message, facts } = error;
  const detail: Detail = { type: 'ErrorInfo', reason, domain: DOMAIN, metadata: facts };
  return richStatus(CODES[reason], message, [detail]);
}
// #endregion refuse

export const noKey = (key: string) => new StatusError(status.NOT_FOUND, `no key "${key}"`);

export const storeFull = (space: number) =>
  new StatusError(
    status.RESOURCE_EXHAUSTED,
    `the store is full: its keys and values may take ${space} bytes`,
  );

export const closing = () => new StatusError(status.UNAVAILABLE, 'the server is shutting down');

/** For a client that asks or changes something while the broker is away. */
export function brokerLost(error: unknown): StatusError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StatusError(status.UNAVAILABLE, `the broker does not answer: ${reason}`);
}

export const oneKeyAtATime = () =>
  new StatusError(
    status.UNIMPLEMENTED,
    'a store in a broker changes one key in a call; make a call for each key',
  );
