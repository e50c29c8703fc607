import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { attempt, expected, patience } from '../harness.ts';
import type { Log, Message } from './start.ts';

const { storeOnce, Overtaken } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A log that takes a turn of the event loop for each step, as a log on another machine does. */
function newLog() {
  const stored: Message[] = [];
  let tooOften = 0;
  const positionOf = (sender: string) => stored.findLastIndex((message) => message.sender === sender) + 1;
  const log: Log = {
    async lastOf(sender) {
      await turn();
      const position = positionOf(sender);
      return { number: stored[position - 1]?.number ?? 0, position };
    },
    async append(message, position) {
      await turn();
      if (++tooOften > 1000) throw new Error('append was called 1000 times');
      if (position !== undefined && position !== positionOf(message.sender)) throw new Overtaken();
      return stored.push(message);
    },
  };
  return { log, inLog: () => stored.map(({ sender, number }) => `${sender} ${number}`) };
}

const said = (sender: string, number: number): Message => ({ sender, number, text: `number ${number}` });

test('messages are stored in their order, and have a position', patience, async () => {
  const { log, inLog } = newLog();
  const positions = [];
  for (const message of [said('Ann', 1), said('Bob', 1), said('Ann', 2)])
    positions.push(await storeOnce(log, message));
  assert.deepEqual(inLog(), ['Ann 1', 'Bob 1', 'Ann 2']);
  assert.deepEqual(positions, [1, 2, 3], 'storeOnce must return the position of the message');
});

test('a message that comes again is not stored again', patience, async () => {
  const { log, inLog } = newLog();
  for (const number of [1, 2, 1, 2]) await storeOnce(log, said('Ann', number));
  assert.deepEqual(
    inLog(),
    ['Ann 1', 'Ann 2'],
    `messages 1 and 2 came twice, and the log has: ${inLog().join(', ')}`,
  );
  const position = await storeOnce(log, said('Ann', 1));
  assert.equal(
    position,
    2,
    'for a message that the log has, the position is that of the last message of its sender',
  );
});

test('two servers get the same message at the same time, and one of them stores it', patience, async () => {
  const { log, inLog } = newLog();
  const both = Promise.all([storeOnce(log, said('Ann', 1)), storeOnce(log, said('Ann', 1))]);
  const positions = await expected(both, 'both servers must get an answer');
  assert.deepEqual(
    inLog(),
    ['Ann 1'],
    `the message came to two servers, and the log has: ${inLog().join(', ')}`,
  );
  assert.deepEqual(positions, [1, 1], 'both servers must learn the position of the message');
});

test('many senders do not disturb each other', patience, async () => {
  const { log, inLog } = newLog();
  const senders = ['Ann', 'Bob', 'Cem', 'Dan'];
  for (const number of [1, 2, 3])
    await Promise.all([...senders, ...senders].map((sender) => storeOnce(log, said(sender, number))));
  for (const sender of senders) {
    const own = inLog().filter((one) => one.startsWith(sender));
    assert.deepEqual(
      own,
      [1, 2, 3].map((number) => `${sender} ${number}`),
      `the log has: ${own.join(', ')}`,
    );
  }
});

test('if the log is away, the error is thrown', patience, async () => {
  const { log } = newLog();
  const away: Log = { ...log, append: () => Promise.reject(new Error('the log is away')) };
  await assert.rejects(
    expected(storeOnce(away, said('Ann', 1)), 'storeOnce must not try for ever'),
    /the log is away/,
    'an error that is not Overtaken must be thrown',
  );
});
