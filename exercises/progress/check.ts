import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineService } from 'grpc-iterables';
import { ClientStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import { attempt, event, patience, served } from '../harness.ts';

const { upload } = await attempt<typeof import('./start.ts')>(import.meta.url);

async function* numbers(count: number) {
  for (let number = 1; number <= count; number++) yield String(number);
}

function summing(completed: (sum: string) => void) {
  return defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      let sum = 0n;
      for await (const { data } of requests) sum += BigInt(data);
      completed(String(sum));
      return { sum: String(sum) };
    },
  });
}

test('progress counts every number, one by one', patience, async (t) => {
  const client = await served(
    t,
    summing(() => {}),
    ClientStream,
  );
  const told: number[] = [];
  assert.equal(await upload(client, numbers(4), (sent) => told.push(sent)), '10');
  assert.deepEqual(told, [1, 2, 3, 4]);
});

test('a server that takes one number slows down the source and the progress', patience, async (t) => {
  let taken = 0;
  let sent = 0;
  const closed = event();
  async function* source() {
    try {
      for await (const number of numbers(200_000)) {
        taken++;
        yield number;
      }
    } finally {
      closed.happen();
    }
  }
  const service = defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      const first = await requests.next();
      return { sum: first.done ? '0' : first.value.data };
    },
  });
  const client = await served(t, service, ClientStream);
  assert.equal(await upload(client, source(), (count) => (sent = count)), '1');
  await closed.happened;
  assert.ok(taken < 100_000, `${taken} numbers were taken from the source, but the server took one`);
  assert.ok(sent <= taken, `${sent} sent of ${taken}`);
});

test('a source that fails makes no complete upload', patience, async (t) => {
  const sums: string[] = [];
  const client = await served(
    t,
    summing((sum) => sums.push(sum)),
    ClientStream,
  );
  async function* failing() {
    yield* numbers(3);
    throw new Error('the disk is gone');
  }
  await assert.rejects(
    upload(client, failing(), () => {}),
    /the disk is gone/,
    'the upload must fail with the error of its source',
  );
  assert.deepEqual(sums, []);
});
