import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt, expected, patience } from '../harness.ts';

const { ReadAhead } = await attempt<typeof import('./start.ts')>(import.meta.url);

const LIMIT = 10_000;

/** A queue, and a source that has been asked for `asked.count` messages and has sent `asked.sent`. */
function started() {
  const asked = { count: 0, sent: 0 };
  const queue = new ReadAhead(LIMIT, () => asked.count++);
  /** Sends one message of each of these sizes, and stops when it is not asked for one. */
  function send(size: number, most: number): number {
    const before = asked.sent;
    while (asked.sent < asked.count && asked.sent - before < most) {
      const message = Buffer.alloc(size, asked.sent % 256);
      asked.sent++;
      queue.arrived(message);
      assert.ok(
        asked.count <= asked.sent + 1,
        `the queue has asked for ${asked.count - asked.sent} messages at the same time`,
      );
    }
    return asked.sent - before;
  }
  return { queue, asked, send };
}

test('messages are read in their order, and the queue goes on asking', patience, async () => {
  const { queue, send } = started();
  for (let number = 0; number < 100; number++) {
    assert.equal(
      send(1000, 1),
      1,
      `all ${number} messages are read, and the queue must ask for the next one`,
    );
    assert.equal((await expected(queue.read(), 'a message that has arrived must be read'))[0], number);
  }
});

test('a reader that waits gets the message that arrives', patience, async () => {
  const { queue, send } = started();
  const reading = queue.read();
  send(7, 1);
  assert.equal(
    (await expected(reading, 'the reader must get a message that arrives while it waits')).length,
    7,
  );
});

for (const [what, size, fit] of [
  ['long', 2000, 5],
  ['short', 0, 40],
] as const) {
  test(`${fit} ${what} messages are enough`, patience, () => {
    const { send } = started();
    const sent = send(size, 1000);
    assert.equal(
      sent,
      fit,
      `${fit} messages of ${size} bytes reach the limit of ${LIMIT}, 256 of each message included, but the queue has taken ${sent}`,
    );
  });
}

test('it asks again at half of the limit, and not before', patience, async () => {
  const { queue, asked, send } = started();
  send(2000, 1000);
  for (let read = 1; read <= 5; read++) {
    await queue.read();
    const left = (asked.sent - read) * 2256;
    const more = asked.count - asked.sent;
    assert.equal(
      more,
      left <= LIMIT / 2 ? 1 : 0,
      `the unread messages count for ${left}, the limit is ${LIMIT}, and the queue has asked for ${more} more`,
    );
  }
});
