// A client's watch, over as many connections as it takes.
import { setTimeout as delay } from 'node:timers/promises';
import { type Metadata, status } from '@grpc/grpc-js';
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { StoreClient } from 'proto/gen/watch/Store';
import type { WatchRequest } from 'proto/gen/watch/WatchRequest';
import type { WatchResponse__Output } from 'proto/gen/watch/WatchResponse';
import { newBackoff } from './backoff.ts';
import { newKnownKeys } from './known-keys.ts';
import { noSilence } from './silence.ts';

/** What the reader of a watch gets. */
export type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: Buffer; readonly revision: number }
  | { readonly type: 'delete'; readonly key: string; readonly revision: number }
  /**
   * The reader now has the whole state at this revision. After it the reader gets each change. A second `state` means that the
   * watch had to begin again: the reader got only the outcome of the changes in between.
   */
  | { readonly type: 'state'; readonly revision: number; readonly storeId: string };

export interface WatchOptions {
  /** Keys that start with this; default: all keys. */
  prefix?: string;
  /** What a reader that is too slow gets: the latest change of each key. Default: the watch begins again with the state. */
  latest?: boolean;
  /** How often the server has to send something, in milliseconds; default 10,000. After three times as long the watch opens a new call. */
  bookmarkInterval?: number;
  /** Ends the watch, which then throws CANCELLED. */
  signal?: AbortSignal | undefined;
  /** When to end the watch with DEADLINE_EXCEEDED. */
  deadline?: Date | undefined;
  /** Request headers of each call. */
  metadata?: Metadata | undefined;
  /** Called for each failure after which the watch tries again, with the number of milliseconds until then. */
  onLost?: (reason: StatusError, retryIn: number) => void;
}

const BOOKMARK_INTERVAL = 10_000;
const SHORTEST_INTERVAL = 100;
const LONGEST_INTERVAL = 3_600_000;
const SILENT_INTERVALS = 3;
// A new call would fail in the same way.
const FINAL = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.UNIMPLEMENTED,
]);

// #region watch
/**
 * The state of all keys with a prefix, then every change to them. Each change comes once and in order, also after connections break.
 *
 * If a connection breaks, the watch continues on a new one, after the last revision that it had. Sometimes the server cannot
 * continue there: it has dropped the changes in between, or its store is a new one. Then the watch reads the state again and
 * yields only what differs: new values as `put`, missing keys as `delete`. For that it remembers the keys, but not their values.
 *
 * @throws RangeError if the bookmark interval is out of range
 * @throws StatusError if the signal is aborted, if the deadline has passed, or if a new call would fail in the same way
 *
 * @example
 * for await (const change of watch(client, { prefix: 'config/', signal })) console.log(change);
 */
export async function* watch(
  client: Pick<IterableClient<StoreClient>, 'watch'>,
  options: WatchOptions = {},
): AsyncGenerator<Change> {
  const { bookmarkInterval = BOOKMARK_INTERVAL } = options;
  if (!(bookmarkInterval >= SHORTEST_INTERVAL && bookmarkInterval <= LONGEST_INTERVAL))
    throw new RangeError(
      `bookmarkInterval is ${bookmarkInterval}, but must be ${SHORTEST_INTERVAL} to ${LONGEST_INTERVAL} milliseconds`,
    );
  const reading = newReading();
  const backoff = newBackoff();
  for (;;) {
    let failure: unknown;
    try {
      for await (const response of responses(client, reading.place(), options)) {
        backoff.reset();
        yield* reading.changesIn(response);
      }
    } catch (error) {
      failure = error;
    }
    const reason = whyLost(failure, options);
    if (reason.code === status.OUT_OF_RANGE) reading.beginAgain();
    const retryIn = backoff.next();
    options.onLost?.(reason, retryIn);
    await pause(retryIn, options.signal);
  }
}
// #endregion watch

/** Where a watch continues; revision 0: with the state. */
interface Place {
  readonly afterRevision: number;
  readonly storeId: string;
}

// #region reading
/** What a reader knows so far, and which changes in a response are new for it. */
function newReading() {
  const known = newKnownKeys();
  const start = { afterRevision: 0, storeId: '' };
  let place: Place = start;
  let inState = false;

  return {
    place(): Place {
      inState = false;
      return place;
    },
    beginAgain() {
      place = start;
    },
    *changesIn({ changes, revision, storeId }: WatchResponse__Output): Generator<Change> {
      if (place.afterRevision === 0 && !inState) {
        inState = true;
        known.beginState(storeId);
      }
      for (const change of changes) if (known.isNews(change)) yield changeFrom(change);
      if (revision === '0') return;
      place = { afterRevision: Number(revision), storeId };
      if (!inState) return;
      inState = false;
      for (const key of known.endState()) yield { type: 'delete', key, revision: place.afterRevision };
      yield { type: 'state', revision: place.afterRevision, storeId };
    },
  };
}
// #endregion reading

function changeFrom({ key, value, deleted, revision }: WatchResponse__Output['changes'][number]): Change {
  return deleted
    ? { type: 'delete', key, revision: Number(revision) }
    : { type: 'put', key, value, revision: Number(revision) };
}

/** The responses of one call. Throws if the server is silent for too long, because a connection can break without any sign. */
async function* responses(
  client: Pick<IterableClient<StoreClient>, 'watch'>,
  place: Place,
  { prefix = '', latest = false, bookmarkInterval = BOOKMARK_INTERVAL, ...options }: WatchOptions,
): AsyncGenerator<WatchResponse__Output> {
  const { signal, deadline, metadata } = options;
  const silent = new AbortController();
  const limit = bookmarkInterval * SILENT_INTERVALS;
  const request: WatchRequest = {
    ...place,
    prefix,
    whenSlow: latest ? 'LATEST' : 'END',
    bookmarkMs: bookmarkInterval,
  };
  const call = {
    deadline,
    metadata,
    signal: signal ? AbortSignal.any([signal, silent.signal]) : silent.signal,
  };
  try {
    yield* noSilence(client.watch(request, call), limit, () => silent.abort());
  } catch (error) {
    if (!silent.signal.aborted) throw error;
    throw new StatusError(status.UNAVAILABLE, `the server was silent for ${limit} ms`);
  }
}

/** Why a call ended, if a new call may succeed. @throws the failure, if it may not */
function whyLost(failure: unknown, { signal, deadline }: WatchOptions): StatusError {
  if (failure === undefined) return new StatusError(status.UNAVAILABLE, 'the server ended the watch');
  if (!(failure instanceof StatusError) || signal?.aborted || FINAL.has(failure.code)) throw failure;
  if (failure.code === status.DEADLINE_EXCEEDED && deadline) throw failure;
  return failure;
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  } catch (cause) {
    throw new StatusError(status.CANCELLED, 'cancelled by the caller', { cause });
  }
}
