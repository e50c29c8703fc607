import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, test } from 'node:test';
import { type ChannelInterface, Metadata } from '@grpc/grpc-js';
import { startServer } from '../test/bytes-server.ts';
import { described, openCall, openChannel, outcome } from '../test/calls.ts';
import { HEADERS, startRawServer } from '../test/raw-server.ts';
import { timeoutText } from './deadline.ts';

type ParentCall = NonNullable<Parameters<ChannelInterface['createCall']>[3]>;

/** A server that answers with the header grpc-timeout of the call. */
function startTimeoutServer(t: Parameters<typeof startServer>[0]) {
  return startServer(t, {
    handlers: {
      unary(call, callback) {
        const left = call.getDeadline();
        callback(null, Buffer.from(String(left === Infinity ? left : Number(left) - Date.now())));
      },
    },
  });
}

describe('a deadline', () => {
  test('ends a call that is open, on both sides', { timeout: 20_000 }, async (t) => {
    let cancelled = () => {};
    const seen = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    const { address } = await startServer(t, {
      handlers: { exchange: (call) => void call.on('cancelled', cancelled) },
    });
    const channel = openChannel(t, address);
    await channel.ready();
    const ending = await outcome(channel, 'Exchange', { deadline: Date.now() + 100 });
    assert.equal(ending, `DEADLINE_EXCEEDED: deadline exceeded: ${address} has not finished its answer`);
    await seen;
  });

  test('ends a call that has no connection', async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ending = await outcome(openChannel(t, address), 'Any', { deadline: Date.now() + 100 });
    assert.equal(ending, `DEADLINE_EXCEEDED: deadline exceeded: no connection to ${address} yet`);
  });

  for (const [what, deadline] of [
    ['in the past', Date.now() - 1000],
    ['of 0', 0],
    ['before all time', Number.NEGATIVE_INFINITY],
    ['as a Date in the past', new Date(5)],
  ] as const) {
    test(`${what} ends the call before anything is sent`, async (t) => {
      const { address, connections } = await startRawServer(t, {});
      const channel = openChannel(t, address);
      await channel.ready();
      assert.equal(
        await outcome(channel, 'Any', { deadline }),
        'DEADLINE_EXCEEDED: the deadline passed before the call',
      );
      assert.ok(!connections[0]?.frames.some(({ type }) => type === HEADERS));
    });
  }

  for (const deadline of [Number.NaN, new Date('no date')]) {
    test(`that is ${deadline} is refused`, async (t) => {
      const { address } = await startServer(t);
      assert.equal(
        await outcome(openChannel(t, address), 'Unary', { deadline }),
        'INTERNAL: the deadline is not a time',
      );
    });
  }

  const far: [string, number, (left: number) => boolean][] = [
    ['none', Number.POSITIVE_INFINITY, (left) => left === Infinity],
    ['a minute', Date.now() + 60_000, (left) => left > 50_000 && left <= 60_000],
    ['20 days', Date.now() + 20 * 86_400_000, (left) => Math.abs(left - 20 * 86_400_000) < 60_000],
    ['2 ** 31 milliseconds', Date.now() + 2 ** 31 + 1000, (left) => left > 2 ** 31 - 60_000],
    ['the end of time', 8.64e15, (left) => left > 2 ** 31],
    ['more than any time', Number.MAX_VALUE, (left) => left > 2 ** 31],
  ];
  for (const [what, deadline, right] of far) {
    test(`far away (${what}) works`, async (t) => {
      const { address } = await startTimeoutServer(t);
      const call = openCall(openChannel(t, address), 'Unary', { deadline });
      assert.equal(described(await call.status), 'OK');
      assert.ok(right(Number(call.messages[0])), String(call.messages[0]));
    });
  }

  test('is never sent as more than 2 ** 31 milliseconds, not even rounded up', () => {
    assert.equal(timeoutText(2 ** 31 - 1000), '2147483S');
    assert.equal(timeoutText(2 ** 31 - 500), undefined);
  });

  test('also ends a call that waits for room', async (t) => {
    const { address } = await startServer(t, {
      options: { 'grpc.max_concurrent_streams': 1 },
    });
    const channel = openChannel(t, address);
    await channel.ready();
    const open = openCall(channel, 'Exchange', { requests: undefined });
    const ending = await outcome(channel, 'Unary', { deadline: Date.now() + 100 });
    assert.equal(
      ending,
      `DEADLINE_EXCEEDED: deadline exceeded: ${address} does not allow more open calls in a connection`,
    );
    open.call.halfClose();
    assert.equal(described(await open.status), 'OK');
    assert.equal(await outcome(channel, 'Unary'), 'OK');
  });
});

describe('a parent call', () => {
  function parentCall(deadline: number, cancelled = false) {
    return Object.assign(new EventEmitter(), {
      cancelled,
      getDeadline: () => deadline,
    }) as unknown as ParentCall & EventEmitter;
  }

  test('passes on its deadline, if it is the earlier one', async (t) => {
    const { address } = await startTimeoutServer(t);
    const channel = openChannel(t, address);
    for (const [own, parents] of [
      [60_000, 30_000],
      [30_000, 60_000],
    ] as const) {
      const parent = parentCall(Date.now() + parents);
      const call = openCall(channel, 'Unary', { deadline: Date.now() + own, parent });
      assert.equal(described(await call.status), 'OK');
      assert.ok(Number(call.messages[0]) <= 30_000);
    }
  });

  test('cancels its calls when it is cancelled, and keeps no listener after they end', async (t) => {
    const { address } = await startServer(t, { handlers: { exchange() {} } });
    const channel = openChannel(t, address);
    const parent = parentCall(Infinity);
    for (let calls = 0; calls < 20; calls++) assert.equal(await outcome(channel, 'Unary', { parent }), 'OK');
    assert.equal(parent.listenerCount('cancelled'), 0);
    const call = openCall(channel, 'Exchange', { parent });
    parent.emit('cancelled');
    assert.equal(described(await call.status), 'CANCELLED: the parent call was cancelled');
    assert.match(await outcome(channel, 'Unary', { parent: parentCall(Infinity, true) }), /^CANCELLED/);
  });
});

describe('a cancel', () => {
  test('before the start is reported at the start', async (t) => {
    const { address } = await startServer(t);
    const call = openChannel(t, address).createCall('/test.Bytes/Unary', Infinity, null, null, null);
    call.cancelWithStatus(1, 'early');
    await new Promise(setImmediate);
    const details = await new Promise((resolve) =>
      call.start(new Metadata(), {
        onReceiveMetadata() {},
        onReceiveMessage() {},
        onReceiveStatus: ({ details }) => resolve(details),
      }),
    );
    assert.equal(details, 'early');
  });

  test('ends the call once, at any time', async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address);
    for (let turns = 0; turns < 30; turns++) {
      const call = openCall(channel, 'Download', { requests: [Buffer.from('3 10')] });
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      call.call.cancelWithStatus(1, 'enough');
      call.call.cancelWithStatus(2, 'again');
      assert.match(described(await call.status), /^(CANCELLED: enough|OK)$/);
    }
  });

  test('is never a half-close: the upload looks complete to no server', { timeout: 20_000 }, async (t) => {
    let complete = 0;
    const { address } = await startServer(t, {
      handlers: {
        async upload(call, callback) {
          try {
            for await (const _ of call);
          } catch {
            return;
          }
          complete++;
          callback(null, Buffer.alloc(0));
        },
      },
    });
    const channel = openChannel(t, address);
    for (let calls = 0; calls < 200; calls++) {
      const call = openCall(channel, 'Upload', { requests: undefined });
      for (let sent = 0; sent < calls % 5; sent++) void call.send(Buffer.alloc(10));
      if (calls % 2) await new Promise(setImmediate);
      call.call.cancelWithStatus(1, 'enough');
      await call.status;
    }
    assert.equal(await outcome(channel, 'Unary'), 'OK');
    assert.equal(complete, 0);
  });
});
