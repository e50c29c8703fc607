// Who is in the room, and under which name and code.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { startRelay } from 'cli/relay';
import { failsWith, inEachRoom } from '../test/each-room.ts';
import { connect, enter, present, until } from '../test/rooms.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const LONG = 'x'.repeat(4000);

inEachRoom((startGuests) => {
  describe('a client', () => {
    test('that is cut off while it talks is not in the list again', async (t) => {
      const { a, address, room } = await startGuests(t, 1);
      a.send({ name: 'Ann' });
      // So many that most of their messages still wait when the connection is cut.
      const relay = await startRelay(address);
      t.after(relay.close);
      const { chat } = connect(t, relay.address);
      const guests = await Promise.all(numbers(100).map(() => enter(chat)));
      for (const guest of guests) for (const body of numbers(20)) guest.send({ name: 'Ghost', body });
      await a.texts(20);
      relay.cut();
      await until(() => room.size() === 1);
      // Their earlier messages are still on their way in.
      a.send({ name: 'Ann', body: 'last', number: 1 });
      while ((await a.next())?.acknowledged !== '1');
      assert.deepEqual(await present(a, 'Ann'), ['Ann']);
    });
    test('that has finished and never reads is not in the list, and its call ends when it is too far behind', async (t) => {
      const { a, b, c, room, log } = await startGuests(t, 3, { messages: 600, bytes: 2 ** 30 });
      a.send({ name: 'Ann' });
      b.send({ name: 'Ghost' });
      c.send({ name: 'Cat' });
      const heard = c.texts(1500);
      for (const number of numbers(500)) a.send({ name: 'Ann', body: `${number} ${LONG}`, number });
      while ((await a.next())?.acknowledged !== '500');
      b.halfClose();
      await until(() => log.includes(`${b.code} left`));
      assert.deepEqual((await present(a, 'Ann')).sort(), ['Ann', 'Cat']);
      for (const number of numbers(1000)) a.send({ name: 'Ann', body: LONG, number: 500 + Number(number) });
      await heard;
      assert.equal(room.size(), 2);
      await assert.rejects(b.rest(), failsWith(status.RESOURCE_EXHAUSTED, /^reads too slowly/));
    });
    test('hears the messages until it finished, and not those after that', async (t) => {
      const { a, b } = await startGuests(t, 2);
      for (const number of numbers(300)) a.send({ name: 'Ann', body: `${number} ${LONG}`, number });
      while ((await a.next())?.acknowledged !== '300');
      await b.texts(300);
      b.halfClose();
      assert.equal(await b.next(), undefined);
    });
    test('cannot use the code of another one as its secret', async (t) => {
      const { a, b, c, address } = await startGuests(t, 3);
      const thief = await enter(connect(t, address).chat, { sender: a.code });
      thief.send({ name: 'Ann', body: 'stolen', number: '9007199254740991' });
      assert.deepEqual(await a.texts(1), ['stolen']);
      a.send({ name: 'Ann', body: 'mine', number: 1 });
      for (const guest of [b, c]) assert.deepEqual(await guest.texts(2), ['stolen', 'mine']);
    });
    for (const sender of ['s'.repeat(201), 's'.repeat(50_000)]) {
      test(`with a secret that is too long is refused: INVALID_ARGUMENT names the limit (${sender.length})`, async (t) => {
        const { address, room } = await startGuests(t, 1);
        const limit = new RegExp(`^sender has ${sender.length} characters, at most 200 are allowed$`);
        await assert.rejects(
          enter(connect(t, address).chat, { sender }),
          failsWith(status.INVALID_ARGUMENT, limit),
        );
        assert.equal(room.size(), 1);
        await enter(connect(t, address).chat, { sender: 's'.repeat(200) });
      });
    }
  });

  describe('arrivals and departures', () => {
    test('are reported by name to clients that asked', async (t) => {
      const { a, b, c, address } = await startGuests(t, 3);
      a.send({ name: 'Ann', arrivals: true });
      b.send({ name: 'Bob' });
      const arrived: string[] = [];
      while (!arrived.includes('Bob')) {
        for (const { name } of (await a.next())?.arrived ?? []) arrived.push(name);
      }
      assert.deepEqual(arrived, ['Bob']);
      b.halfClose();
      assert.deepEqual((await a.next())?.left, [{ code: b.code, name: 'Bob' }]);
      // Not to clients that did not ask, and not about clients without a name.
      const nameless = await enter(connect(t, address).chat);
      nameless.cancel();
      c.halfClose();
      assert.deepEqual(await c.rest(), []);
      a.halfClose();
      assert.deepEqual(await a.rest(), []);
    });
    test('leave out clients that are gone within a moment', async (t) => {
      const { a, address, room } = await startGuests(t, 1);
      a.send({ name: 'Ann', arrivals: true });
      const guest = await enter(connect(t, address).chat);
      for (let visits = 0; visits < 20; visits++) {
        const visitor = await enter(connect(t, address).chat);
        visitor.send({ name: 'Visitor' });
        visitor.halfClose();
        await visitor.rest();
      }
      await until(() => room.size() === 2);
      guest.send({ name: 'Bob' });
      const names: string[] = [];
      while (!names.includes('Bob')) {
        const { arrived, left } = (await a.next()) ?? assert.fail('ended');
        names.push(...[...arrived, ...left].map(({ name }) => name));
      }
      assert.ok(names.length < 10, names.join());
    });
  });
});
