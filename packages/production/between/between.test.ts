import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { withBeats, withoutBeats } from './heartbeat.ts';
import { cancelStreams, idleStream, startServer } from './test/idle-stream.ts';
import { isInstalled, startProxy } from './test/proxies.ts';

const SECONDS = 1;
const SILENCE = 2500;

for (const name of ['nginx', 'haproxy'] as const) {
  const skip = isInstalled(name) ? false : `${name} is not installed`;
  describe(`behind ${name}`, { skip }, () => {
    test('a silent stream is cut, PING or not, and beats keep it open', async (t) => {
      const server = await startServer();
      const proxy = await startProxy(name, server.address, SECONDS);
      t.after(async () => {
        await proxy.stop();
        await server.shutdown();
      });
      const [silent, ping, ofServer, ofBoth] = await Promise.all([
        idleStream(proxy.address, 'silent', SILENCE),
        idleStream(proxy.address, 'ping', SILENCE),
        idleStream(proxy.address, 'beats of the server', SILENCE),
        idleStream(proxy.address, 'beats of both', SILENCE),
      ]);
      // What the proxies make of it: neither is UNAVAILABLE.
      const cut = { ended: name === 'nginx' ? 'INTERNAL' : 'CANCELLED', answers: 1 };
      assert.deepEqual([silent, ping], [cut, cut]);
      const whole = { ended: 'complete', answers: 2 };
      assert.deepEqual([ofServer, ofBoth], [whole, whole]);
      await server.ended(4);
      assert.equal(server.endings.filter((ending) => ending === 'complete').length, 2);
    });
    test('a stream that its client cancels is not complete for the server', async (t) => {
      const server = await startServer();
      const proxy = await startProxy(name, server.address, 30);
      t.after(async () => {
        await proxy.stop();
        await server.shutdown();
      });
      await cancelStreams(proxy.address, 20);
      await server.ended(20);
      assert.ok(!server.endings.includes('complete'), String(server.endings));
    });
  });
}

async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}

describe('beats', () => {
  test('fill the silence between messages, and change nothing else', async () => {
    let go = () => {};
    const waited = new Promise<void>((resolve) => {
      go = resolve;
    });
    async function* source() {
      yield* [1, 2];
      await waited;
      yield 3;
    }
    const received: number[] = [];
    for await (const message of withBeats(source(), 10, 0)) {
      received.push(message);
      if (received.filter((one) => one === 0).length === 2) go();
    }
    assert.deepEqual(
      received.filter((one) => one !== 0),
      [1, 2, 3],
    );
    assert.deepEqual(received.slice(0, 4), [1, 2, 0, 0]);
  });
  test('are taken out again, and a failure passes', async () => {
    async function* source() {
      yield* [1, 0, 2];
      throw new Error('a fault');
    }
    const received: number[] = [];
    await assert.rejects(async () => {
      for await (const message of withoutBeats(source(), (one) => one === 0, 60_000)) received.push(message);
    }, /a fault/);
    assert.deepEqual(received, [1, 2]);
  });
  test('need a time that fits into a timer: with a longer one they would come all the time', async () => {
    async function* source() {
      yield 1;
    }
    for (const time of [Number.POSITIVE_INFINITY, 2 ** 31, 0, Number.NaN]) {
      await assert.rejects(all(withBeats(source(), time, 0)), /^RangeError: the silence is /);
      await assert.rejects(all(withoutBeats(source(), () => false, time)), /^RangeError: the silence is /);
    }
  });
  test('that do not come mean that the other side is gone', async () => {
    let stopped = false;
    const silent = {
      next: () => new Promise<never>(() => {}),
      return: async () => {
        stopped = true;
        return { done: true as const, value: undefined };
      },
      [Symbol.asyncIterator]: () => silent,
    };
    await assert.rejects(all(withoutBeats(silent, () => false, 20)), {
      code: status.UNAVAILABLE,
      details: 'nothing was received for 20 ms',
    });
    assert.ok(stopped);
  });
});
