import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { startRelay } from 'cli/relay';
import { detailsOf } from 'errors';
import { StatusError } from 'grpc-iterables';
import { failsWith, inEachRoom, type StartGuests, startGuestsIn } from '../test/each-room.ts';
import { connect, enter, type Guest, present, type Test, until } from '../test/rooms.ts';
import { memoryRoom } from './memory-room.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const LONG = 'x'.repeat(4000);

const OUTPACED = 1500;

/** One talks until another, who does not read, is behind; a third reads all the time. */
async function outpace(t: Test, startGuests: StartGuests, whenFull: 'end' | 'drop') {
  const { a, b, c, ...chat } = await startGuests(t, 3, { messages: 200, bytes: 2 ** 30, whenFull });
  b.send({ name: 'Slow' });
  c.send({ name: 'Quick' });
  const heard = c.texts(OUTPACED);
  for (const number of numbers(OUTPACED)) a.send({ name: 'Ann', body: `${number} ${LONG}`, number });
  assert.deepEqual(
    (await heard).map((text) => text.split(' ')[0]),
    numbers(OUTPACED),
  );
  return { a, slow: b, quick: c, ...chat };
}

/** What only a room that keeps no more than its log has to say. */
describe('in memory', () => {
  const startGuests = startGuestsIn(memoryRoom);

  test('the history says how many messages are missing when it does not reach back far enough', async (t) => {
    const { a, b, address } = await startGuests(t, 2, { messages: 10, whenFull: 'drop' });
    for (const [index, body] of numbers(30).entries()) a.send({ name: 'Ann', body, number: index + 1 });
    while ((await a.next())?.acknowledged !== '30');
    const room = b.mark.split(':')[0];
    const back = await enter(connect(t, address).chat, { after: `${room}:5` });
    const { dropped, message } = (await back.next()) ?? assert.fail('ended');
    assert.deepEqual([dropped, message], ['15', 'up to 15 messages are missing here']);
    assert.deepEqual(await back.texts(10), numbers(30).slice(20));
  });
  test('a client that does not read learns how many messages it misses, if the server drops the oldest for it', async (t) => {
    const { a, slow, room } = await outpace(t, startGuests, 'drop');
    assert.equal(room.size(), 3);
    a.halfClose();
    slow.halfClose();
    let next = 1;
    let notices = 0;
    for (const { message, dropped } of await slow.rest()) {
      if (dropped !== '0') {
        notices++;
        assert.match(message, /^up to \d+ messages are missing here$/);
        next += Number(dropped);
      } else assert.equal(message.split(' ')[0], String(next++));
    }
    assert.equal(next, OUTPACED + 1);
    assert.ok(notices >= 1);
  });
});

inEachRoom((startGuests) => {
  describe('a message', () => {
    test('reaches every other client, and not its sender', async (t) => {
      const { a, b, c } = await startGuests(t, 3);
      a.send({ name: 'Ann', body: 'one' });
      for (const guest of [b, c]) {
        const heard = await guest.next();
        assert.deepEqual([heard?.name, heard?.message, heard?.code], ['Ann', 'one', a.code]);
      }
      b.send({ name: 'Bob', body: 'two' });
      assert.deepEqual(await a.texts(1), ['two']);
    });
    test('has the same position for all: messages of five senders are heard in one order', async (t) => {
      const { guests } = await startGuests(t, 5);
      for (const body of numbers(200)) for (const guest of guests) guest.send({ name: guest.code, body });
      const order: (string | undefined)[] = [];
      for (const guest of guests) {
        for (let heard = 0, last = 0; heard < 800; heard++) {
          const { position, code, message } = (await guest.next()) ?? assert.fail('ended');
          assert.ok(Number(position) > last);
          last = Number(position);
          order[last] ??= `${code} ${message}`;
          assert.equal(order[last], `${code} ${message}`);
        }
      }
      assert.equal(order.filter((said) => said !== undefined).length, 1000);
      for (const { code } of guests) {
        const texts = order.filter((said) => said?.startsWith(code)).map((said) => said?.split(' ')[1]);
        assert.deepEqual(texts, numbers(200));
      }
    });
    test('from a client that knows only names and bodies gets no other answers', async (t) => {
      const { a, b } = await startGuests(t, 2);
      for (const body of numbers(10)) a.send({ name: 'Ann', body });
      assert.deepEqual(await b.texts(10), numbers(10));
      a.halfClose();
      assert.deepEqual(await a.rest(), []);
    });
    test('that is empty is not passed on', async (t) => {
      const { a, b } = await startGuests(t, 2);
      a.send({ name: 'Ann', body: '' });
      a.send({ name: 'Ann', body: 'full' });
      assert.equal((await b.next())?.message, 'full');
    });
  });

  describe('a client', () => {
    test('has its own code, which distinguishes two clients with the same name', async (t) => {
      const { guests, a, b, c } = await startGuests(t, 50);
      assert.equal(new Set(guests.map(({ code }) => code)).size, 50);
      a.send({ name: 'Ann', body: 'x' });
      b.send({ name: 'Ann', body: 'y' });
      const heard = [await c.next(), await c.next()].map((said) => `${said?.name} ${said?.code}`);
      assert.deepEqual(heard.sort(), [`Ann ${a.code}`, `Ann ${b.code}`].sort());
    });
    test('that has finished hears all messages until then, and the call is complete', async (t) => {
      const { a, b, room } = await startGuests(t, 2);
      for (const body of numbers(500)) a.send({ name: 'Ann', body });
      await until(() => room.size() === 2);
      a.halfClose();
      assert.deepEqual(await a.rest(), []);
      b.halfClose();
      assert.deepEqual(
        (await b.rest()).map(({ message }) => message),
        numbers(500),
      );
      assert.equal(room.size(), 0);
    });
    for (const [how, go] of [
      ['finishes', (guest: Guest) => guest.halfClose()],
      ['cancels', (guest: Guest) => guest.cancel()],
    ] as const) {
      test(`that ${how} is gone at once`, async (t) => {
        const { a, b, room } = await startGuests(t, 2);
        a.send({ name: 'Ann' });
        b.send({ name: 'Bob' });
        go(b);
        await until(() => room.size() === 1);
        assert.deepEqual(await present(a, 'Ann'), ['Ann']);
      });
    }
    test('whose connection is cut is gone at once', async (t) => {
      const { a, room, address, log } = await startGuests(t, 1);
      const relay = await startRelay(address);
      t.after(relay.close);
      const { code } = await enter(connect(t, relay.address).chat);
      relay.cut();
      await until(() => room.size() === 1);
      await until(() => log.some((line) => line.startsWith(`${code} left`)));
      assert.deepEqual(await present(a, 'Ann'), ['Ann']);
    });
    test('asks for the list of members', async (t) => {
      const { a, b } = await startGuests(t, 2);
      b.send({ name: 'Bob' });
      assert.deepEqual((await present(b, 'Bob')).sort(), ['', 'Bob']);
      assert.deepEqual((await present(a, 'Ann')).sort(), ['Ann', 'Bob']);
    });
  });

  describe('the history', () => {
    test('gives the last messages to a newcomer', async (t) => {
      const { a, address } = await startGuests(t, 1, { history: 3 });
      for (const [index, body] of numbers(10).entries()) a.send({ name: 'Ann', body, number: index + 1 });
      while ((await a.next())?.acknowledged !== '10');
      const late = await enter(connect(t, address).chat);
      assert.deepEqual(await late.texts(3), ['8', '9', '10']);
    });
    test('is empty by default', async (t) => {
      const { a, address } = await startGuests(t, 1);
      a.send({ name: 'Ann', body: 'before', number: 1 });
      await a.next();
      const late = await enter(connect(t, address).chat);
      a.send({ name: 'Ann', body: 'after' });
      assert.deepEqual(await late.texts(1), ['after']);
    });
    test('continues after a break where the client was, with nothing missing and nothing twice', async (t) => {
      const { a, b, address } = await startGuests(t, 2);
      for (const body of numbers(5)) a.send({ name: 'Ann', body });
      await b.texts(5);
      b.cancel();
      for (const body of ['6', '7']) a.send({ name: 'Ann', body });
      const room = b.mark.split(':')[0];
      const back = await enter(connect(t, address).chat, { after: `${room}:5` });
      a.send({ name: 'Ann', body: '8' });
      assert.deepEqual(await back.texts(3), ['6', '7', '8']);
    });
    test('treats a client with an invalid mark as a newcomer', async (t) => {
      const { a, b, address } = await startGuests(t, 2, { history: 1 });
      a.send({ name: 'Ann', body: 'before' });
      await b.texts(1);
      for (const after of ['nonsense', `${b.mark.split(':')[0]}:x`, `${b.mark}:1`]) {
        const late = await enter(connect(t, address).chat, { after });
        assert.deepEqual(await late.texts(1), ['before']);
      }
    });
    test('gives a client from an earlier room all messages of this one', async (t) => {
      const { a, b, address } = await startGuests(t, 2);
      for (const body of numbers(5)) a.send({ name: 'Ann', body });
      await b.texts(5);
      const [room = ''] = b.mark.split(':');
      const gone = room.includes('-') ? `${room}x` : 'gone';
      const back = await enter(connect(t, address).chat, { after: `${gone}:1000` });
      assert.deepEqual(await back.texts(5), numbers(5));
    });
    test('gives a client with a mark from the future all messages from now on', async (t) => {
      const { a, b, address } = await startGuests(t, 2);
      a.send({ name: 'Ann', body: 'before' });
      await b.texts(1);
      const [room = ''] = b.mark.split(':');
      const late = await enter(connect(t, address).chat, { after: `${room}:999999999999999` });
      assert.equal(late.mark, `${room}:1`);
      a.send({ name: 'Ann', body: 'after' });
      assert.deepEqual(await late.texts(1), ['after']);
    });
  });

  describe('a message is refused', () => {
    for (const [what, request, field] of [
      ['without a name', { name: '  ', body: 'x' }, 'name'],
      ['with a name that is too long', { name: 'n'.repeat(41), body: 'x' }, 'name'],
      ['with control characters in its name', { name: 'A\u001b[31m', body: 'x' }, 'name'],
      ['with a body that is too long', { name: 'Ann', body: 'é'.repeat(2049) }, 'body'],
      ['with a number that is too large', { name: 'Ann', body: 'x', number: '9007199254740992' }, 'number'],
    ] as const) {
      test(`${what}: INVALID_ARGUMENT, and the messages before it are acknowledged`, async (t) => {
        const { a, b, room } = await startGuests(t, 2);
        a.send({ name: 'Ann', body: 'good', number: 1 });
        a.send(request);
        assert.equal((await a.next())?.acknowledged, '1');
        await assert.rejects(
          a.rest(),
          failsWith(status.INVALID_ARGUMENT, new RegExp(`^${field} `), (error) => {
            const [detail] = detailsOf(error);
            assert.equal(detail?.type === 'BadRequest' && detail.fieldViolations[0]?.field, field);
          }),
        );
        assert.deepEqual(await b.texts(1), ['good']);
        assert.equal(room.size(), 1);
      });
    }
    test('but is accepted at the limits', async (t) => {
      const { a, b } = await startGuests(t, 2);
      a.send({ name: '😀'.repeat(40), body: 'x'.repeat(4096), number: 1 });
      assert.equal((await b.texts(1))[0]?.length, 4096);
      assert.equal((await a.next())?.acknowledged, '1');
    });
    test('when there are too many in a second: RESOURCE_EXHAUSTED with the time to wait', async (t) => {
      const { a, b } = await startGuests(t, 2, { rate: 20 });
      for (const body of numbers(100)) a.send({ name: 'Ann', body });
      await assert.rejects(
        a.rest(),
        failsWith(status.RESOURCE_EXHAUSTED, /^more than 20 messages a second$/, (error) => {
          const [detail] = detailsOf(error);
          assert.ok(detail?.type === 'RetryInfo');
          const { seconds = 0, nanos = 0 } = detail.retryDelay ?? {};
          assert.ok(Number(seconds) + nanos / 1e9 > 0.5);
        }),
      );
      assert.deepEqual(await b.texts(20), numbers(20));
    });
  });

  describe('an acknowledgement', () => {
    test('names the number up to which all messages are taken, and comes only for numbered messages', async (t) => {
      const { a } = await startGuests(t, 1);
      a.send({ name: 'Ann', body: 'x' });
      for (const body of numbers(100)) a.send({ name: 'Ann', body, number: body });
      a.halfClose();
      const answers = (await a.rest()).map(({ acknowledged }) => Number(acknowledged));
      assert.equal(answers.at(-1), 100);
      assert.deepEqual(
        answers.toSorted((x, y) => x - y),
        answers,
      );
    });
    test('says how far its client has heard: its own messages do not count as missing', async (t) => {
      const { b, address } = await startGuests(t, 2, { messages: 10 });
      void b.rest().catch(() => {});
      const first = await enter(connect(t, address).chat, { sender: 'mine' });
      const [room] = first.mark.split(':');
      for (const body of numbers(50)) first.send({ name: 'Ann', body, number: body });
      let read = '0';
      for (let upTo = '0'; upTo !== '50'; ) {
        ({ acknowledged: upTo, read } = (await first.next()) ?? assert.fail('ended'));
      }
      first.cancel();
      const back = await enter(connect(t, address).chat, { sender: 'mine', after: `${room}:${read}` });
      back.halfClose();
      assert.deepEqual(
        (await back.rest()).filter(({ acknowledged }) => acknowledged === '0'),
        [],
      );
    });
    test('is repeated after a reconnect, and a message that comes again is dropped', async (t) => {
      const { b, address } = await startGuests(t, 2);
      const first = await enter(connect(t, address).chat, { sender: 'secret' });
      for (const body of numbers(5)) first.send({ name: 'Ann', body, number: body });
      assert.deepEqual(await b.texts(5), numbers(5));
      first.cancel();
      const back = await enter(connect(t, address).chat, { sender: 'secret' });
      assert.equal((await back.next())?.acknowledged, '5');
      for (const body of ['4', '5', '6', '7']) back.send({ name: 'Ann', body, number: body });
      assert.deepEqual(await b.texts(2), ['6', '7']);
      const other = await enter(connect(t, address).chat, { sender: 'another' });
      other.send({ name: 'Bob', body: 'mine', number: 1 });
      assert.deepEqual(await b.texts(1), ['mine']);
    });
  });

  describe('a client that does not read', () => {
    test('is ended with RESOURCE_EXHAUSTED and the reason, while others hear everything', async (t) => {
      const { slow, quick, room, log } = await outpace(t, startGuests, 'end');
      assert.equal(room.size(), 2);
      assert.ok(
        log.includes(
          `${slow.code} left: reads too slowly: more than 200 messages or 1073741824 bytes behind`,
        ),
      );
      assert.deepEqual((await present(quick, 'Quick')).sort(), ['Ann', 'Quick']);
      const read: string[] = [];
      await assert.rejects(
        async () => {
          for (;;) read.push(...(await slow.texts(1)));
        },
        failsWith(status.RESOURCE_EXHAUSTED, /^reads too slowly: more than 200 messages/),
      );
      assert.deepEqual(
        read.map((text) => text.split(' ')[0]),
        numbers(read.length),
      );
    });
    test('by bytes as well as by messages', async (t) => {
      const { a, b, c, room } = await startGuests(t, 3, { bytes: 100_000 });
      const heard = c.texts(500);
      for (const number of numbers(500)) a.send({ name: 'Ann', body: LONG, number });
      await heard;
      assert.equal(room.size(), 2);
      await assert.rejects(b.rest(), failsWith(status.RESOURCE_EXHAUSTED, /100000 bytes/));
    });
  });

  test('when the room closes, every call ends with UNAVAILABLE, and clients can come back', async (t) => {
    const { a, b, room } = await startGuests(t, 2);
    await room.close(new StatusError(status.UNAVAILABLE, 'the chat is shutting down'));
    for (const guest of [a, b])
      await assert.rejects(guest.rest(), failsWith(status.UNAVAILABLE, /shutting down/));
    assert.equal(room.size(), 0);
  });
});
