import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Store } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';
import { storeWith } from '../store.ts';
import type { Change } from './start.ts';

const { latestChanges } = await attempt<typeof import('./start.ts')>(import.meta.url);

const KEYS = 10;
const CHANGES = 20_000;
const VALUE = Buffer.alloc(1000, 'x');

/** A watch of changes that the test makes. */
async function watching(t: TestContext) {
  const listeners = new Set<(change: Change) => void>();
  const subscribed = event();
  const unsubscribed = event();
  const client = await served(
    t,
    storeWith({
      Watch: (_, { signal }) =>
        latestChanges((listener) => {
          listeners.add(listener);
          subscribed.happen();
          return () => {
            listeners.delete(listener);
            unsubscribed.happen();
          };
        }, signal),
    }),
    Store,
  );
  let revision = 0;
  function change(key: string): void {
    revision++;
    for (const listener of listeners) listener({ key, value: VALUE, revision });
  }
  const responses = client.watch({});
  const first = responses.next();
  await subscribed.happened;
  return { change, first, responses, unsubscribed: unsubscribed.happened };
}

test('a reader that is quick gets every change', patience, async (t) => {
  const { change, first, responses } = await watching(t);
  let next = first;
  for (let revision = 1; revision <= 100; revision++) {
    change('a');
    const { value } = await next;
    assert.equal(value.revision, String(revision));
    if (revision < 100) next = responses.next();
  }
  await responses.return?.();
});

test(
  'a reader that is slow gets the latest change of each key, in the order of revisions',
  patience,
  async (t) => {
    const { change, first, responses } = await watching(t);
    for (let round = 0; round < CHANGES / KEYS; round++)
      for (let key = 0; key < KEYS; key++) change(`${key}`);
    const revisions: number[] = [];
    const latest = new Map<string, number>();
    for (let next = await first; ; next = await responses.next()) {
      for (const { key, revision } of next.value.changes) latest.set(key, Number(revision));
      revisions.push(Number(next.value.revision));
      if (revisions.at(-1) === CHANGES) break;
    }
    await responses.return?.();
    assert.ok(revisions.length < 2000, `${revisions.length} changes waited for a reader that did not read`);
    assert.deepEqual(
      revisions,
      [...revisions].sort((a, b) => a - b),
    );
    assert.equal(latest.size, KEYS);
    for (const revision of latest.values()) assert.ok(revision > CHANGES - KEYS);
  },
);

test('a reader that leaves ends the subscription', patience, async (t) => {
  const { change, first, responses, unsubscribed } = await watching(t);
  change('a');
  await first;
  await responses.return?.();
  await unsubscribed;
});
