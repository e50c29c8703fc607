// Two chat servers, each a process, share a room. One is killed while clients talk, then the broker.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startBroker, whyNoBroker } from 'cli/broker';
import { startProgram, startServer } from 'cli/testing';
import { connect, type Test } from '../test/rooms.ts';
import { type Happening, newSession } from './session.ts';

const server = new URL('./server.ts', import.meta.url);
const skip = whyNoBroker() ?? false;
const MESSAGES = 400;
const PEOPLE = 6;

type Said = Extract<Happening, { type: 'said' }>;

/** Someone who says so many messages, and hears those of all others. */
function newPerson(t: Test, name: string, address: string, count: number, toHear: number) {
  const session = newSession(connect(t, address).chat, { name, window: 20 });
  const heard: Said[] = [];
  let tellHeard = () => {};
  const heardAll = new Promise<void>((resolve) => {
    tellHeard = resolve;
  });
  let tellJoined = () => {};
  const joined = new Promise<void>((resolve) => {
    tellJoined = resolve;
  });
  let losses = 0;
  const staying = session.stay((happening) => {
    if (happening.type === 'joined') tellJoined();
    if (happening.type === 'lost') losses++;
    if (happening.type !== 'said') return;
    heard.push(happening);
    if (heard.length === toHear) tellHeard();
  });
  return {
    joined,
    heard,
    losses: () => losses,
    unacknowledged: session.unacknowledged,
    /** Speaks, and calls `halfway` when half of it is said. */
    async speak(halfway?: () => Promise<void>): Promise<void> {
      for (let number = 1; number <= count; number++) {
        await session.say(`${name} ${number}`);
        if (number === count / 2) await halfway?.();
      }
    },
    async leaveWhenAllIsHeard(): Promise<void> {
      await Promise.race([heardAll, staying]);
      session.leave();
      await staying;
    },
  };
}

/** Fails unless everyone heard everything that the others said, once, and in one order. */
function account(people: ReturnType<typeof newPerson>[]): void {
  const order: string[] = [];
  for (const { heard, unacknowledged } of people) {
    assert.equal(unacknowledged(), 0);
    assert.equal(new Set(heard.map(({ text }) => text)).size, (PEOPLE - 1) * MESSAGES);
    assert.equal(heard.length, (PEOPLE - 1) * MESSAGES);
    for (const [index, { position, text }] of heard.entries()) {
      assert.ok(index === 0 || position > (heard[index - 1]?.position ?? 0), `${text} is out of order`);
      order[position] ??= text;
      assert.equal(order[position], text);
    }
  }
  for (let person = 0; person < PEOPLE; person++) {
    const own = order.filter((text) => text.startsWith(`P${person} `));
    assert.deepEqual(
      own,
      Array.from({ length: MESSAGES }, (_, index) => `P${person} ${index + 1}`),
    );
  }
}

describe('two servers with one room', { skip }, () => {
  test('lose nothing, repeat nothing and keep one order when a server and then the broker are killed', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const first = await startServer(t, server, '--broker', broker.url);
    const second = await startServer(t, server, '--broker', broker.url);
    // grpc-js goes to the first address that answers.
    const either = `ipv4:${first.address},${second.address}`;
    const other = `ipv4:${second.address},${first.address}`;
    const people = Array.from({ length: PEOPLE }, (_, person) =>
      newPerson(t, `P${person}`, person % 2 ? either : other, MESSAGES, (PEOPLE - 1) * MESSAGES),
    );
    // A newcomer does not hear earlier messages.
    await Promise.all(people.map(({ joined }) => joined));
    const speaking = people.map(({ speak }, person) => {
      if (person === 0) return speak(async () => void first.child.kill('SIGKILL'));
      if (person === 1) {
        return speak(async () => {
          await broker.kill();
          await broker.restart();
        });
      }
      return speak();
    });
    await Promise.all(speaking);
    await Promise.all(people.map(({ leaveWhenAllIsHeard }) => leaveWhenAllIsHeard()));
    account(people);
    assert.ok(people.some(({ losses }) => losses() > 0));
  });
  test('keep the history when all of them restart', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const before = await startServer(t, server, '--broker', broker.url);
    const bulk = startProgram(
      t,
      new URL('./client.ts', import.meta.url),
      '--address',
      before.address,
      '--send',
      '50',
    );
    assert.equal(await bulk.exit, 0);
    before.child.kill('SIGTERM');
    assert.equal(await before.exit, 0);
    await broker.kill();
    await broker.restart();
    const after = await startServer(t, server, '--broker', broker.url, '--history', '10');
    const late = newPerson(t, 'Late', after.address, 0, 10);
    await late.leaveWhenAllIsHeard();
    assert.deepEqual(
      late.heard.map(({ text }) => text),
      Array.from({ length: 10 }, (_, index) => String(41 + index)),
    );
  });
  test('say that there is no broker, and how to start one', async (t) => {
    const lost = startProgram(t, server, '--port', '0', '--broker', 'nats://127.0.0.1:1');
    assert.equal(await lost.exit, 2);
    assert.match(
      lost.errors.join('\n'),
      /^no room in nats:\/\/127\.0\.0\.1:1: .*; start a broker with "nats-server -js"$/,
    );
  });
});
