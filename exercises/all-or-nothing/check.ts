import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { detailsOf } from 'errors';
import type { StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import { attempt, event, expected, failsWith, greetering, patience, served } from '../harness.ts';

const { storeNames } = await attempt<typeof import('./start.ts')>(import.meta.url);

const named = (...names: string[]) => names.map((name) => ({ name }));
const fieldsOf = (error: StatusError) =>
  detailsOf(error).flatMap((detail) =>
    detail.type === 'BadRequest' ? detail.fieldViolations.map(({ field }) => field) : [],
  );

test('a stream of good names is stored', patience, async (t) => {
  const store: string[] = [];
  const client = await served(t, greetering({ GreetEach: storeNames(store) }), Greetering);
  assert.deepEqual(await client.greetEach(named('Ann', 'Bob')), { msg: 'stored 2' });
  assert.deepEqual(store, ['Ann', 'Bob']);
});

test(
  'an empty name is refused while the client still sends, the error names it, and nothing is stored',
  patience,
  async (t) => {
    const store: string[] = [];
    const client = await served(t, greetering({ GreetEach: storeNames(store) }), Greetering);
    const refused = event();
    async function* names() {
      yield* named('Ann', 'Bob', '');
      await refused.happened;
    }
    const failure = await failsWith(
      expected(client.greetEach(names()), 'the call must end while the client is still sending'),
      status.INVALID_ARGUMENT,
    );
    refused.happen();
    assert.deepEqual(fieldsOf(failure), ['requests[2].name'], 'a BadRequest must name the wrong field');
    assert.deepEqual(store, [], 'nothing may be stored if one name is empty');
  },
);

test('nothing is stored of a stream that is cancelled', patience, async (t) => {
  const store: string[] = [];
  const received = event();
  const ended = event();
  const handler = storeNames(store);
  const client = await served(
    t,
    greetering({
      async GreetEach(requests, context) {
        context.signal.addEventListener('abort', () => ended.happen());
        const first = await requests.next();
        async function* all() {
          if (!first.done) yield first.value;
          received.happen();
          yield* requests;
        }
        return handler(all(), context);
      },
    }),
    Greetering,
  );
  const cancel = new AbortController();
  async function* names() {
    yield* named('Ann');
    await new Promise(() => {});
  }
  const call = failsWith(client.greetEach(names(), { signal: cancel.signal }), status.CANCELLED);
  await received.happened;
  cancel.abort();
  await call;
  await ended.happened;
  assert.deepEqual(store, [], 'nothing may be stored if the client cancels');
});
