// A judge that finds nothing is worth something only if it finds what is there.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection, History, Reader, Response, Seen } from './history.ts';
import { judge } from './judge.ts';

const STORE = 'store';

/** `3 a=1`: a change; `4 a`: a deletion. */
function seen(line: string): Seen {
  const [revision, pair = ''] = line.split(' ');
  const [key = '', value] = pair.split('=');
  return { revision: Number(revision), key, value };
}

function response(revision: number, ...lines: string[]): Response {
  return { at: 1, storeId: STORE, revision, changes: lines.map(seen) };
}

function connection(after: number, responses: Response[], latest = false): Connection {
  return { watcher: 'w', prefix: '', after, latest, responses };
}

const WRITES = [['2 a=1'], ['3 b=1', '3 c=1'], ['4 a=2'], ['5 b']];

function history(connections: Connection[], readers: Reader[] = []): History {
  return {
    writes: WRITES.map((lines) => ({ storeId: STORE, changes: lines.map(seen) })),
    uncertain: [],
    connections,
    readers,
  };
}

const found = (...connections: Connection[]) => judge(history(connections)).map(({ promise }) => promise);

describe('the judge', () => {
  test('has nothing against a watch that keeps its promises', () => {
    const state = connection(0, [response(3, '2 a=1', '3 b=1', '3 c=1'), response(4, '4 a=2'), response(4)]);
    const resumed = connection(2, [response(3, '3 b=1', '3 c=1'), response(5, '4 a=2', '5 b')]);
    const latest = connection(2, [response(5, '3 c=1', '4 a=2', '5 b')], true);
    assert.deepEqual(judge(history([state, resumed, latest])), []);
  });
  for (const [promise, what, bad] of [
    ['ordered', 'changes out of order', connection(1, [response(3, '3 b=1', '3 c=1', '2 a=1')])],
    ['unique', 'a change that comes twice', connection(1, [response(3, '2 a=1', '2 a=1', '3 b=1', '3 c=1')])],
    ['unique', 'two values of one change', connection(1, [response(2, '2 a=other')])],
    ['reliable', 'a change that is missing', connection(1, [response(2, '2 a=1'), response(4, '4 a=2')])],
    ['atomic', 'half of a revision', connection(1, [response(3, '2 a=1', '3 b=1')])],
    ['resumable', 'a change that is missing after a resume', connection(2, [response(4, '4 a=2')])],
    [
      'bookmarks',
      'a change that comes after its bookmark',
      connection(1, [
        response(1),
        response(3, '2 a=1', '3 b=1', '3 c=1'),
        response(4),
        response(5, '4 a=2', '5 b'),
      ]),
    ],
    ['bookmarks', 'a place that goes back', connection(4, [response(3)])],
    ['state', 'a state without a key', connection(0, [response(3, '2 a=1', '3 b=1')])],
    ['state', 'a state with a key that is gone', connection(0, [response(5, '3 b=1', '3 c=1', '4 a=2')])],
  ] as const) {
    test(`finds ${what}: ${promise}`, () => assert.ok(found(bad).includes(promise), String(found(bad))));
  }
  test('accepts a state without a key that a call which failed may have deleted', () => {
    const recorded = history([connection(0, [response(3, '2 a=1', '3 b=1')])]);
    assert.deepEqual(judge({ ...recorded, uncertain: [{ key: 'c', from: 0, to: 1 }] }), []);
    assert.equal(judge({ ...recorded, uncertain: [{ key: 'c', from: 2, to: 3 }] }).length, 1);
  });
  test('finds a missing change even where only the latest of each key is wanted', () => {
    assert.deepEqual(found(connection(2, [response(5, '4 a=2', '5 b')], true)), ['resumable']);
  });
  test('finds a reader that got a change twice or out of order, or that believes what is not there', () => {
    const put = (revision: number, key: string, value: string) =>
      ({ type: 'put', key, value: Buffer.from(value), revision }) as const;
    const received = [put(4, 'a', '2'), put(2, 'a', '1'), put(2, 'a', '1')];
    const reader: Reader = { watcher: 'w', prefix: '', received, listed: new Map([['a', '2']]) };
    const good = connection(1, [response(4, '2 a=1', '3 b=1', '3 c=1', '4 a=2')]);
    const texts = judge(history([good], [reader])).map(({ text }) => text);
    assert.equal(texts.length, 3, texts.join('\n'));
  });
});
