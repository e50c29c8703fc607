// A room in a broker when the broker has lost messages, or has messages from other programs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect as connectToBroker, type NatsConnection } from '@nats-io/transport-node';
import { type Broker, startBroker, whyNoBroker } from 'cli/broker';
import { connect, enter, type Guest, startChat, type Test, until } from '../test/rooms.ts';
import type { AudienceOptions } from './audience.ts';
import { memoryRoom } from './memory-room.ts';
import { natsAttendance } from './nats-attendance.ts';
import { natsRoom } from './nats-room.ts';
import { subjectsOf } from './nats-stream.ts';
import { type Happening, newSession } from './session.ts';

const skip = whyNoBroker() ?? false;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

async function brokerFor(t: Test): Promise<Broker> {
  const broker = await startBroker();
  t.after(broker.remove);
  return broker;
}

/** A server with a room in the broker; its log reaches back 10 messages. */
const startServer = (t: Test, { url }: Broker, options: Partial<AudienceOptions> = {}) =>
  startChat(t, { messages: 10, ...options }, (settings) =>
    natsRoom({ ...settings, broker: url, name: 'test' }),
  );

async function openBroker(t: Test, { url }: Broker): Promise<NatsConnection> {
  const connection = await connectToBroker({ servers: url });
  t.after(() => connection.close());
  return connection;
}

/** Says so many messages, and waits until the broker has them. */
async function say(guest: Guest, count: number, from = 1): Promise<void> {
  for (let number = from; number < from + count; number++) {
    guest.send({ name: 'Ann', body: String(number), number });
  }
  while ((await guest.next())?.acknowledged !== String(from + count - 1));
}

const roomOf = ({ mark }: Guest) => mark.split(':')[0] ?? '';

/** Someone with a session, and what happens to it. */
function newPerson(t: Test, name: string, address: string) {
  const abort = new AbortController();
  t.after(() => abort.abort());
  const session = newSession(connect(t, address).chat, { name, call: { signal: abort.signal } });
  const happenings: Happening[] = [];
  void session.stay((happening) => void happenings.push(happening)).catch(() => {});
  const joins = () => happenings.filter((happening) => happening.type === 'joined');
  const texts = () => happenings.flatMap((happening) => (happening.type === 'said' ? [happening.text] : []));
  return { ...session, happenings, joins, texts };
}

describe('messages that a member missed are read back from the broker', { skip }, () => {
  test('when it was away for longer than its server remembers', async (t) => {
    const broker = await brokerFor(t);
    const { address } = await startServer(t, broker);
    const ann = await enter(connect(t, address).chat, { sender: 'ann' });
    await say(ann, 600);
    const back = [1, 255, 256, 590].map(async (heard) => {
      const guest = await enter(connect(t, address).chat, { after: `${roomOf(ann)}:${heard}` });
      assert.deepEqual(await guest.texts(600 - heard), numbers(600).slice(heard));
      return guest;
    });
    const guests = await Promise.all(back);
    ann.send({ name: 'Ann', body: 'next' });
    for (const guest of guests) assert.deepEqual(await guest.texts(1), ['next']);
  });
  test('when it does not read, and its server drops the oldest', async (t) => {
    const broker = await brokerFor(t);
    const { address } = await startServer(t, broker, { whenFull: 'drop' });
    const ann = await enter(connect(t, address).chat);
    const slow = await enter(connect(t, address).chat);
    const text = 'x'.repeat(4000);
    for (const number of numbers(600)) ann.send({ name: 'Ann', body: `${number} ${text}`, number });
    while ((await ann.next())?.acknowledged !== '600');
    assert.deepEqual(
      (await slow.texts(600)).map((heard) => heard.split(' ')[0]),
      numbers(600),
    );
  });
  test('and the member learns how many messages the broker no longer has', async (t) => {
    const broker = await brokerFor(t);
    const { address } = await startServer(t, broker);
    const ann = await enter(connect(t, address).chat);
    await say(ann, 600);
    const manager = await jetstreamManager(await openBroker(t, broker));
    await manager.streams.purge('chat-test', { seq: 401 });
    await manager.streams.deleteMessage('chat-test', 500);
    const back = await enter(connect(t, address).chat, { after: `${roomOf(ann)}:100` });
    back.halfClose();
    const heard = await back.rest();
    assert.deepEqual(
      heard.map(({ message, dropped }) => (dropped === '0' ? message : `-${dropped}`)),
      ['-300', ...numbers(499).slice(400), '-1', ...numbers(600).slice(500)],
    );
  });
});

test('a member that was in another room of the broker is a newcomer', { skip }, async (t) => {
  const broker = await brokerFor(t);
  const { address } = await startServer(t, broker);
  const ann = await enter(connect(t, address).chat);
  await say(ann, 3);
  for (const room of ['other-1-0', `test-2-1-0`, roomOf(ann).replace('test', 'test-x')]) {
    const late = await enter(connect(t, address).chat, { after: `${room}:1` });
    ann.send({ name: 'Ann', body: room });
    assert.deepEqual(await late.texts(1), [room]);
  }
});

describe('a message comes once', { skip }, () => {
  test('when it is sent again to a server that started long after the first time', async (t) => {
    const broker = await brokerFor(t);
    const first = await startServer(t, broker);
    const bob = await enter(connect(t, first.address).chat, { sender: 'bob' });
    bob.send({ name: 'Bob', body: 'pay 100', number: 1 });
    while ((await bob.next())?.acknowledged !== '1');
    const ann = await enter(connect(t, first.address).chat, { sender: 'ann' });
    await say(ann, 50);
    await first.shutdown();
    // For a while the broker itself remembers which messages it has taken. The test must not depend on that.
    const manager = await jetstreamManager(await openBroker(t, broker));
    const { config } = await manager.streams.info('chat-test');
    await manager.streams.update('chat-test', { ...config, duplicate_window: 100e6 });
    await broker.kill();
    await broker.restart();
    const second = await startServer(t, broker);
    const hearer = await enter(connect(t, second.address).chat);
    const back = await enter(connect(t, second.address).chat, { sender: 'bob' });
    assert.equal((await back.next())?.acknowledged, '1');
    back.send({ name: 'Bob', body: 'pay 100', number: 1 });
    back.send({ name: 'Bob', body: 'thanks', number: 2 });
    assert.deepEqual(await hearer.texts(1), ['thanks']);
  });
  test('when two servers get it at the same time', async (t) => {
    const broker = await brokerFor(t);
    const servers = [await startServer(t, broker), await startServer(t, broker)];
    const [hearer] = await Promise.all(servers.map(({ address }) => enter(connect(t, address).chat)));
    const both = await Promise.all(
      servers.map(({ address }) => enter(connect(t, address).chat, { sender: 'ann' })),
    );
    await Promise.all(both.map((guest) => say(guest, 200)));
    assert.deepEqual(await hearer?.texts(200), numbers(200));
    both[0]?.send({ name: 'Ann', body: 'end' });
    assert.deepEqual(await hearer?.texts(1), ['end']);
  });
});

describe('a room continues', { skip }, () => {
  test('when another program has put messages into the broker', async (t) => {
    const broker = await brokerFor(t);
    const { address, log } = await startServer(t, broker, { history: 10 });
    const ann = await enter(connect(t, address).chat);
    const bob = await enter(connect(t, address).chat);
    await say(ann, 1);
    const connection = await openBroker(t, broker);
    const good = { sender: 's', code: 'c', name: 'Eve', text: 'hi', number: 0 };
    const foreign = [
      'not json',
      'null',
      '[]',
      '{}',
      '"text"',
      JSON.stringify({ ...good, text: 7 }),
      JSON.stringify({ ...good, name: 'A\u001b[2J' }),
      JSON.stringify({ ...good, text: 'x'.repeat(5000) }),
      JSON.stringify({ ...good, number: 'many' }),
    ];
    for (const message of foreign) connection.publish('chat.test.said', message);
    connection.publish('chat.test.said.other', 'not json');
    connection.publish('chat.test.who', 'who?');
    for (const message of ['not json', 'null', '7', '{"arrived":[1,null,{}]}'])
      connection.publish('chat.test.attendance', message);
    await connection.flush();
    await say(ann, 1, 2);
    assert.deepEqual(await bob.texts(2), ['1', '2']);
    await until(() => log.filter((line) => line.startsWith('skipped message')).length === foreign.length + 1);
    const second = await startServer(t, broker, { messages: 100, history: 100 });
    const late = await enter(connect(t, second.address).chat);
    assert.deepEqual(await late.texts(2), ['1', '2']);
    const back = await enter(connect(t, address).chat, { after: `${roomOf(ann)}:0` });
    back.halfClose();
    assert.deepEqual(
      (await back.rest()).map(({ message }) => message),
      ['1', '2'],
    );
  });
  test('when the broker comes back empty, and members learn that the room is a new one', async (t) => {
    const broker = await brokerFor(t);
    const { address } = await startServer(t, broker);
    const ann = newPerson(t, 'Ann', address);
    const bob = newPerson(t, 'Bob', address);
    await until(() => ann.joins().length + bob.joins().length === 2);
    await ann.say('before');
    await until(() => bob.texts().includes('before'));
    await broker.restartEmpty();
    await ann.say('after');
    await until(() => bob.texts().includes('after') && ann.unacknowledged() === 0);
    for (const { joins } of [ann, bob]) assert.equal(joins().at(-1)?.isNewRoom, true);
    assert.deepEqual(bob.texts(), ['before', 'after']);
  });
  test('when the broker comes back without the last messages, and no position is used twice', async (t) => {
    const broker = await brokerFor(t);
    const { address } = await startServer(t, broker);
    const room = roomOf(await enter(connect(t, address).chat));
    const ann = newPerson(t, 'Ann', address);
    const bob = newPerson(t, 'Bob', address);
    await until(() => ann.joins().length + bob.joins().length === 2);
    for (const text of numbers(20)) await ann.say(text);
    await until(() => bob.texts().length === 20);
    await broker.keepCopy();
    for (const text of ['21', '22', '23']) await ann.say(text);
    await until(() => bob.texts().length === 23 && ann.unacknowledged() === 0);
    await broker.restartFromCopy();
    await until(() => [ann, bob].every(({ joins }) => joins().at(-1)?.isNewRoom));
    await ann.say('24');
    await until(() => bob.texts().length === 24);
    assert.deepEqual(bob.texts(), numbers(24));
    // This client was away all the time. It had heard messages that are now lost.
    const late = await enter(connect(t, address).chat, { after: `${room}:22` });
    assert.deepEqual(await late.texts(1), ['24']);
  });
});

test('the list of members is complete, even if it is larger than a message of the broker', {
  skip,
}, async (t) => {
  const broker = await brokerFor(t);
  const connection = await openBroker(t, broker);
  const [one, other] = [0, 1].map(() => natsAttendance(connection, subjectsOf('test')));
  const name = '😀'.repeat(40);
  for (const code of numbers(6000)) one?.enter(code, () => {}).rename(name);
  const present = (await other?.who()) ?? [];
  assert.equal(new Set(present.map(({ code }) => code)).size, 6000);
  one?.close();
  other?.close();
});

test('the list of members comes in parts that are small enough for a client', async (t) => {
  const many = numbers(1201).map((code) => ({ code, name: `N${code}` }));
  const { address } = await startChat(t, {}, (settings) => {
    const room = memoryRoom(settings);
    return { ...room, join: async (joining) => ({ ...(await room.join(joining)), who: async () => many }) };
  });
  const { chat } = connect(t, address);
  const asking = await enter(chat);
  asking.send({ name: 'Ann', who: true });
  for (const [count, more] of [
    [500, true],
    [500, true],
    [201, false],
  ] as const) {
    const part = await asking.next();
    assert.deepEqual([part?.members.length, part?.more], [count, more]);
  }
  const heard: number[] = [];
  const session = newSession(chat, { name: 'Ann' });
  await session.stay((happening) => {
    if (happening.type === 'joined') session.askWho();
    if (happening.type !== 'present') return;
    heard.push(happening.members.length);
    session.leave();
  });
  assert.deepEqual(heard, [1201]);
});
