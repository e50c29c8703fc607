// Compares what was recorded with the six promises of a watch.
import type { Connection, History, Reader, Response, Seen, UncertainDeletion } from './history.ts';
import { type StoreTruth, type Truth, truthOf } from './truth.ts';

export type Promised =
  | 'ordered'
  | 'unique'
  | 'reliable'
  | 'atomic'
  | 'resumable'
  | 'bookmarks'
  | 'state'
  | 'reader'
  | 'server';

export interface Violation {
  readonly promise: Promised;
  readonly text: string;
}

/** All violations of the promises in a history; none if they were kept. */
export function judge(history: History): Violation[] {
  const truth = truthOf(history);
  const violations: Violation[] = truth.contradictions.map((text) => ({ promise: 'unique', text }));
  for (const connection of history.connections)
    violations.push(...judgeConnection(connection, truth, history.uncertain));
  for (const reader of history.readers) violations.push(...judgeReader(reader, truth, history.connections));
  return violations;
}

function* judgeConnection(
  connection: Connection,
  truth: Truth,
  uncertain: readonly UncertainDeletion[],
): Generator<Violation> {
  const { watcher, after, responses } = connection;
  const name = `${watcher} after ${after}`;
  let place = after;
  let previous = after;
  const seen = new Set<string>();
  const state = new Map<string, string | undefined>();
  let wasBookmark = false;

  for (const [index, response] of responses.entries()) {
    for (const { key, value, revision } of response.changes) {
      if (seen.has(`${revision} ${key}`))
        yield { promise: 'unique', text: `${name}: ${key} at ${revision} came twice` };
      seen.add(`${revision} ${key}`);
      if (revision < previous)
        yield { promise: 'ordered', text: `${name}: ${key} at ${revision} came after revision ${previous}` };
      if (revision <= place)
        yield {
          promise: wasBookmark ? 'bookmarks' : 'unique',
          text: `${name}: ${key} at ${revision} came after the place ${place}`,
        };
      previous = revision;
      state.set(key, value);
    }
    if (response.revision === 0) continue;
    if (response.revision < place)
      yield {
        promise: 'bookmarks',
        text: `${name}: the place went back from ${place} to ${response.revision}`,
      };
    const store = truth.of(response.storeId);
    if (place === 0) yield* judgeState(name, connection, response, state, store, uncertain);
    else yield* judgeChanges(name, connection, response, place, store, after > 0 && index === 0);
    wasBookmark = response.changes.length === 0;
    place = response.revision;
  }
}

/** The state has to be what all changes up to its revision make. */
function* judgeState(
  name: string,
  { prefix }: Connection,
  { revision, at }: Response,
  state: ReadonlyMap<string, string | undefined>,
  store: StoreTruth,
  uncertain: readonly UncertainDeletion[],
): Generator<Violation> {
  for (const [key, value] of store.stateAt(revision, prefix)) {
    if (state.get(key) === value) continue;
    // The server may have deleted it and died before any watcher received that.
    const mayBeGone = uncertain.some(
      (deletion) => deletion.key === key && deletion.from <= at && deletion.to >= store.since,
    );
    if (!state.has(key) && mayBeGone) continue;
    yield {
      promise: 'state',
      text: `${name}: the state at ${revision} has ${key} as ${state.get(key)}, not ${value}`,
    };
  }
}

/** All changes between two places have to come, those of one revision in one response. */
function* judgeChanges(
  name: string,
  { prefix, latest }: Connection,
  response: Response,
  place: number,
  store: StoreTruth,
  isResumed: boolean,
): Generator<Violation> {
  const came = new Map<number, Set<string>>();
  for (const { key, revision } of response.changes)
    came.set(revision, (came.get(revision) ?? new Set()).add(key));
  for (let revision = place + 1; revision <= response.revision; revision++) {
    for (const key of store.at(revision)?.keys() ?? []) {
      if (!key.startsWith(prefix) || came.get(revision)?.has(key)) continue;
      // Only the latest change of a key has to come.
      if (latest && store.lastOf(key) > revision) continue;
      yield {
        promise: came.has(revision) ? 'atomic' : isResumed ? 'resumable' : 'reliable',
        text: `${name}: ${key} at ${revision} is missing between ${place} and ${response.revision}`,
      };
    }
  }
}

/** The reader of a `watch` has to receive each value once and in order, and its copy must be equal to the store at the end. */
function* judgeReader(reader: Reader, truth: Truth, connections: Connection[]): Generator<Violation> {
  const { watcher, prefix, received, listed } = reader;
  const storeOf = storesOfValues(connections.filter((connection) => connection.watcher === watcher));
  const view = new Map<string, string>();
  const values = new Set<string>();
  const last = new Map<string, number>();
  for (const change of received) {
    if (change.type === 'delete') view.delete(change.key);
    if (change.type !== 'put') continue;
    const value = String(change.value);
    if (values.has(value))
      yield { promise: 'reader', text: `${watcher} received ${change.key} = ${value} twice` };
    values.add(value);
    view.set(change.key, value);
    const store = storeOf.get(value) ?? '';
    if (truth.of(store).at(change.revision)?.get(change.key) !== value)
      yield { promise: 'reader', text: `${watcher} received ${change.key} = ${value}, which no writer put` };
    if (change.revision < (last.get(store) ?? 0))
      yield { promise: 'reader', text: `${watcher} received ${change.revision} after ${last.get(store)}` };
    last.set(store, change.revision);
  }
  for (const key of new Set([...view.keys(), ...listed.keys()])) {
    if (view.get(key) !== listed.get(key))
      yield {
        promise: 'reader',
        text: `${watcher} of "${prefix}" believes in ${key} = ${view.get(key)}, but there is ${listed.get(key)}`,
      };
  }
}

function storesOfValues(connections: Connection[]): Map<string, string> {
  const stores = new Map<string, string>();
  const note = (storeId: string, { value }: Seen) => value !== undefined && stores.set(value, storeId);
  for (const { responses } of connections)
    for (const { storeId, changes } of responses) for (const change of changes) note(storeId, change);
  return stores;
}
