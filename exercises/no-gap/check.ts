import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Store } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';
import { entry, storeWith } from '../store.ts';

const { mirror } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A store of three keys, two of which change after each list; and the copy when it is said to be at revision 8. */
async function mirrored(t: TestContext): Promise<Map<string, string>> {
  const client = await served(
    t,
    storeWith({
      async *List() {
        // In two parts, as long lists come.
        yield { entries: [entry('a', '1', 2)], revision: 4, storeId: 'store' };
        yield { entries: [entry('b', '1', 3), entry('c', '1', 4)], revision: 4, storeId: 'store' };
      },
      async *Watch({ afterRevision, storeId }, { signal }) {
        const changes = [
          { key: 'a', value: Buffer.from('2'), revision: 5 },
          { key: 'b', deleted: true, revision: 6 },
        ];
        const isResumed = afterRevision === '4' && storeId === 'store';
        const state = [entry('c', '1', 4), entry('a', '2', 5)];
        yield { changes: isResumed ? changes : state, revision: 6, storeId: 'store' };
        yield {
          changes: [{ key: 'd', value: Buffer.from('1'), revision: 7 }],
          revision: 7,
          storeId: 'store',
        };
        yield { changes: [{ key: 'c', deleted: true, revision: 8 }], revision: 8, storeId: 'store' };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    }),
    Store,
  );
  const copy = new Map<string, string>();
  const abort = new AbortController();
  const { happened, happen } = event();
  const mirroring = mirror(client, '', copy, (revision) => revision === '8' && happen(), abort.signal);
  mirroring.catch(() => {});
  await happened;
  abort.abort();
  return copy;
}

test('what changes between the list and the watch is in the copy', patience, async (t) => {
  assert.equal((await mirrored(t)).get('a'), '2');
});

test('what is deleted between them is not', patience, async (t) => {
  assert.equal((await mirrored(t)).has('b'), false);
});

test('what is deleted later is not, and what is put is', patience, async (t) => {
  assert.deepEqual([...(await mirrored(t))].sort(), [
    ['a', '2'],
    ['d', '1'],
  ]);
});
