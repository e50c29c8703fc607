// Loads that a tap has to carry without losing or changing a byte. Plain relays on both sides of it hash what passes.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { connect, serve } from 'grpc-iterables';
import { Bench } from 'proto';
import { benchService } from '../bench/service.ts';
import { hashingRelay, newHash, type Scope, watchedTap } from '../src/testing.ts';

async function start(t: Scope) {
  const server = await serve([benchService(payloadOf)], { gracePeriod: 100 });
  t.after(() => server.shutdown());
  const behind = await hashingRelay(t, server.address);
  const tap = await watchedTap(t, behind.address, { keep: ['ended', 'foreign', 'closed'] });
  const before = await hashingRelay(t, tap.address);
  /** Fails unless the bytes on both sides of the tap are the same, and all of them were decoded. */
  function check(): void {
    assert.deepEqual(before.hashes(), behind.hashes());
    assert.deepEqual(
      tap.events.filter(({ type }) => type === 'foreign'),
      [],
    );
  }
  return { address: before.address, tap, check };
}

function payloadOf(number: number, size: number): Buffer {
  return Buffer.alloc(size, createHash('sha256').update(String(number)).digest());
}

/** So many bidirectional streams that are open at once in one connection, each with three messages. */
export async function manyStreams(t: Scope, count: number): Promise<void> {
  const { address, tap, check } = await start(t);
  await using client = connect(Bench, address);
  let waiting = count;
  let open = () => {};
  const everyoneIsThere = new Promise<void>((resolve) => {
    open = resolve;
  });
  async function exchange(number: number): Promise<void> {
    async function* items() {
      yield { number };
      await everyoneIsThere;
      yield { number };
      yield { number };
    }
    let received = 0;
    for await (const item of client.exchange(items())) {
      assert.equal(item.number, number);
      received++;
      if (received === 1 && --waiting === 0) open();
    }
    assert.equal(received, 3);
  }
  await Promise.all([...Array(count).keys()].map(exchange));
  check();
  assert.equal(tap.events.filter((event) => event.type === 'ended' && event.status === 'OK').length, count);
}

/** So many unary calls, twenty at a time. */
export async function shortCalls(t: Scope, count: number): Promise<void> {
  const { address, tap, check } = await start(t);
  await using client = connect(Bench, address);
  let next = 0;
  async function call(): Promise<void> {
    for (let number = next++; number < count; number = next++)
      assert.equal((await client.unary({ number })).number, number);
  }
  await Promise.all([...Array(20)].map(call));
  check();
  assert.equal(tap.events.filter((event) => event.type === 'ended' && event.status === 'OK').length, count);
}

/** A transfer of so many MiB, down and up. */
export async function transfer(t: Scope, mebibytes: number): Promise<void> {
  const { address, check } = await start(t);
  await using client = connect(Bench, address);
  const size = 64 * 1024;
  const count = (mebibytes * 2 ** 20) / size;
  const [expected, received] = [newHash(), newHash()];
  let number = 0;
  for await (const { payload } of client.download({ count, size })) {
    received.update(payload);
    expected.update(payloadOf(number++, size));
  }
  assert.equal(received.text(), expected.text());
  async function* items() {
    for (let sent = 0; sent < count; sent++) yield { number: sent, payload: payloadOf(sent, size) };
  }
  assert.equal((await client.upload(items())).count, count);
  check();
}
