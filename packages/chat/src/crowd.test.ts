// Thousands of clients come and go, in every possible way, while some stay and talk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startRelay } from 'cli/relay';
import { type ChatClient, connect, enter, startChat, type Test, until } from '../test/rooms.ts';
import { type Happening, newSession } from './session.ts';

const VISITORS = 1500;
const AT_ONCE = 40;
const STAYING = 6;
// One heavy visit in a hundred kept by mistake would be more than this, in bytes.
const ALLOWED_GROWTH = 25e6;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const WAYS = ['finishes', 'cancels', 'is cut off', 'stalls', 'is refused'] as const;

/** One who comes, says something, and goes in one of the ways. */
async function visit(
  way: (typeof WAYS)[number],
  chat: ChatClient,
  { welcome, cutOff }: { welcome: () => Promise<unknown>; cutOff: () => void },
): Promise<void> {
  const guest = await enter(chat);
  await welcome();
  guest.send({ name: 'Visitor', body: 'hello' });
  // Clients that stall have read nothing when they leave.
  const toRead = way === 'stalls' ? 0 : Math.floor(Math.random() * STAYING);
  for (let read = 0; read < toRead; read++) if (!(await guest.next())) return;
  if (way === 'finishes') guest.halfClose();
  else if (way === 'is cut off') cutOff();
  else if (way === 'is refused') guest.send({ name: '' });
  else guest.cancel();
  await guest.rest();
}

/** Someone who stays, and keeps all that it hears. */
function stay(t: Test, name: string, address: string) {
  const session = newSession(connect(t, address).chat, { name, window: 10 });
  const heard: Extract<Happening, { type: 'said' }>[] = [];
  const staying = session.stay((happening) => {
    if (happening.type === 'said') heard.push(happening);
    if (happening.type === 'lost') throw new Error(`${name} lost the chat: ${happening.reason.message}`);
  });
  let said = 0;
  return {
    name,
    heard,
    said: () => said,
    say: () => session.say(`${name} ${++said}`),
    async leave() {
      await until(() => session.unacknowledged() === 0);
      session.leave();
      await staying;
    },
  };
}

test('thousands of clients come and go; clients that stay miss nothing, and the others leave nothing behind', async (t) => {
  const { address, room, shutdown } = await startChat(t, { messages: 5000 });
  const relay = await startRelay(address);
  t.after(relay.close);
  const staying = Array.from({ length: STAYING }, (_, index) => stay(t, `S${index}`, address));

  const welcome = () => Promise.all(staying.map(({ say }) => say()));
  async function visits(count: number): Promise<void> {
    let begun = 0;
    async function comeAndGo(): Promise<void> {
      const direct = connect(t, address);
      const relayed = connect(t, relay.address);
      while (begun < count) {
        const way = WAYS[begun++ % WAYS.length] ?? 'finishes';
        const { chat } = way === 'is cut off' ? relayed : direct;
        await visit(way, chat, { welcome, cutOff: relay.cut }).catch(() => {});
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, comeAndGo));
  }
  await visits(VISITORS / 4);
  for (const { heard } of staying) heard.length = 0;
  const before = heapUsed();
  const saidBefore = staying.map(({ said }) => said());
  await visits(VISITORS);
  await until(() => room.size() === STAYING);
  await Promise.all(staying.map(({ leave }) => leave()));
  assert.equal(room.size(), 0);
  await shutdown();

  const order: string[] = [];
  for (const { name, heard } of staying) {
    for (const [index, { position, code, text }] of heard.entries()) {
      assert.ok(index === 0 || position > (heard[index - 1]?.position ?? 0));
      order[position] ??= `${code} ${text}`;
      assert.equal(order[position], `${code} ${text}`);
    }
    for (const [index, other] of staying.entries()) {
      if (other.name === name) continue;
      const numbers = heard.map(({ text }) => text.split(' ')).filter(([from]) => from === other.name);
      const first = Number(numbers[0]?.[1]);
      assert.ok(first <= (saidBefore[index] ?? 0) + 1);
      assert.deepEqual(
        numbers.map(([, number]) => Number(number)),
        Array.from({ length: other.said() - first + 1 }, (_, offset) => first + offset),
      );
    }
  }
  const heardInAll = staying.reduce((sum, { heard }) => sum + heard.length, 0);
  for (const { heard } of staying) heard.length = 0;
  order.length = 0;
  const growth = heapUsed() - before;
  t.diagnostic(
    `${VISITORS} visitors, ${heardInAll} messages heard, ${Math.round(growth / 1e3)} kB more in use`,
  );
  assert.ok(growth < ALLOWED_GROWTH, `${growth} bytes more in use`);
});
