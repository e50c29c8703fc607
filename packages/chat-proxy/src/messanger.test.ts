import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { detailsOf } from 'errors';
import { StatusError } from 'grpc-iterables';
import type { Chat } from 'proto/gen/messanger/Chat';
import type { StartChannelRequest } from 'proto/gen/messanger/StartChannelRequest';
import { all, type Client, connect, deferred, handSent, start, type Test } from '../test/programs.ts';
import { messangerService } from './messanger.ts';

async function startMessanger(t: Test) {
  const { address } = await start(t, messangerService());
  return { client: connect(t, address), another: () => connect(t, address) };
}

/** An author whose channel is open. */
async function author(client: Client, idChannel: number, title = '') {
  const { requests, send, halfClose } = handSent<StartChannelRequest>();
  const opened = deferred();
  const abort = new AbortController();
  const answer = client.startChannel(requests, { onHeaders: () => opened.resolve(), signal: abort.signal });
  send({ info: { idChannel, title } });
  await Promise.race([opened.promise, answer]);
  return { say: (message: string) => send({ text: { message } }), halfClose, answer, abort };
}

/** Someone who listens to a channel already. */
async function listener(client: Client, idChannel: number) {
  const joined = deferred();
  const messages = client.joinChannel({ idChannel }, { onHeaders: () => joined.resolve() });
  const first = messages.next();
  await Promise.race([joined.promise, first]);
  return { first, messages, rest: () => all(messages) };
}

/** Someone who is in a chat already. */
async function member(client: Client, idChannel: number, name: string) {
  const { requests, send, halfClose } = handSent<Chat>();
  const joined = deferred();
  const messages = client.joinChat(requests, { onHeaders: () => joined.resolve() });
  send({ info: { idChannel, title: 'Tea' } });
  const first = messages.next();
  await Promise.race([joined.promise, first]);
  return { say: (text: string) => send({ name, text }), halfClose, first, messages };
}

const failsWith = (code: status, details: RegExp) => (error: unknown) => {
  assert.ok(error instanceof StatusError, `expected a StatusError, got ${error}`);
  assert.equal(status[error.code], status[code]);
  assert.match(error.details, details);
  return true;
};

describe('a channel', () => {
  test('sends the messages of its author to every listener, and ends when the author has finished', async (t) => {
    const { client, another } = await startMessanger(t);
    const { say, halfClose, answer } = await author(client, 7);
    const listeners = await Promise.all([listener(client, 7), listener(another(), 7)]);
    for (const text of ['one', 'two', 'three']) say(text);
    halfClose();
    assert.deepEqual(await answer, { status: 'channel 7 closed after 3 messages' });
    for (const { first, rest } of listeners) {
      assert.deepEqual((await first).value, { message: 'one', name: '' });
      assert.deepEqual(
        (await rest()).map(({ message }) => message),
        ['two', 'three'],
      );
    }
  });
  test('whose author is lost never looks complete to its listeners', async (t) => {
    const { client } = await startMessanger(t);
    const { say, answer, abort } = await author(client, 7);
    const { first, rest } = await listener(client, 7);
    say('one');
    await first;
    abort.abort();
    await assert.rejects(answer, failsWith(status.CANCELLED, /cancelled/));
    await assert.rejects(rest(), failsWith(status.ABORTED, /the author of channel 7 was lost/));
  });
  test('that is not open is NOT_FOUND, and the details name it', async (t) => {
    const { client } = await startMessanger(t);
    await assert.rejects(all(client.joinChannel({ idChannel: 9 })), (error) => {
      assert.ok(failsWith(status.NOT_FOUND, /no channel 9 is open/)(error));
      const [detail] = detailsOf(error as StatusError);
      assert.equal(detail?.type === 'ResourceInfo' && detail.resourceName, '9');
      return true;
    });
  });
  test('that is open cannot be opened again, and only its author can talk in it', async (t) => {
    const { client } = await startMessanger(t);
    await author(client, 7);
    await assert.rejects(
      client.startChannel([{ info: { idChannel: 7 } }]),
      failsWith(status.ALREADY_EXISTS, /channel 7 is already open/),
    );
    await assert.rejects(
      all(client.joinChat([{ info: { idChannel: 7 } }])),
      failsWith(status.FAILED_PRECONDITION, /only its author talks in channel 7/),
    );
  });
  test('without a number, or with a text that is too long, is refused', async (t) => {
    const { client } = await startMessanger(t);
    await assert.rejects(client.startChannel([]), failsWith(status.INVALID_ARGUMENT, /info.idChannel/));
    await assert.rejects(client.startChannel([{ text: { message: 'hi' } }]), /info.idChannel must be given/);
    await assert.rejects(
      client.startChannel([{ info: { idChannel: 1 }, text: { message: 'x'.repeat(10_001) } }]),
      failsWith(status.INVALID_ARGUMENT, /longer than 10000 characters/),
    );
  });
});

describe('a chat', () => {
  test('sends each message to all other members, and a half-close leaves it', async (t) => {
    const { client, another } = await startMessanger(t);
    const ann = await member(client, 8, 'Ann');
    const bob = await member(another(), 8, 'Bob');
    ann.say('hello');
    const { value } = await bob.first;
    assert.deepEqual([value?.name, value?.text, value?.info?.title], ['Ann', 'hello', 'Tea']);
    bob.say('hello, Ann');
    assert.equal((await ann.first).value?.text, 'hello, Ann');
    ann.halfClose();
    assert.deepEqual(await all(ann.messages), []);
    bob.halfClose();
    assert.deepEqual(await all(bob.messages), []);
    assert.deepEqual((await client.getInfo({})).channelInfo, []);
  });
  test('can be listened to like a channel, with names', async (t) => {
    const { client } = await startMessanger(t);
    const ann = await member(client, 8, 'Ann');
    const { first } = await listener(client, 8);
    ann.say('hello');
    assert.deepEqual((await first).value, { message: 'hello', name: 'Ann' });
  });
  test('cuts off a reader that is too far behind, and no other reader', { timeout: 20_000 }, async (t) => {
    const { client, another } = await startMessanger(t);
    const ann = await member(client, 8, 'Ann');
    const bob = await member(client, 8, 'Bob');
    const slow = await member(another(), 8, 'slow');
    const MESSAGES = 300;
    let heard = 0;
    const reading = (async () => {
      await bob.first;
      for (heard = 1; heard < MESSAGES; heard++) await bob.messages.next();
    })();
    for (let message = 0; message < MESSAGES; message++) {
      ann.say('x'.repeat(10_000));
      // No faster than Bob reads.
      while (heard < message) await new Promise(setImmediate);
    }
    await reading;
    await assert.rejects(
      all(slow.messages),
      failsWith(status.RESOURCE_EXHAUSTED, /fell more than 100 messages or 100000 characters behind/),
    );
  });
});

describe('Messanger', () => {
  test('refuses a name that is too long, and the others in the chat continue', async (t) => {
    const { client } = await startMessanger(t);
    const ann = await member(client, 8, 'Ann');
    const bob = await member(client, 8, 'B'.repeat(41));
    bob.say('hello');
    await assert.rejects(
      bob.first,
      failsWith(status.INVALID_ARGUMENT, /^name is longer than 40 characters$/),
    );
    const cara = await member(client, 8, 'C'.repeat(40));
    cara.say('hello');
    assert.equal((await ann.first).value?.name, 'C'.repeat(40));
  });
  test('refuses channels and listeners above a thousand, and accepts new ones when others have left', async (t) => {
    const { client, another } = await startMessanger(t);
    const [leaving] = await Promise.all(
      Array.from({ length: 999 }, (_, index) => member(client, index + 1, 'Ann')),
    );
    const other = another();
    const open = await author(other, 1000);
    await assert.rejects(
      author(other, 1001),
      failsWith(status.RESOURCE_EXHAUSTED, /^there are already 1000 channels; try again later$/),
    );
    await listener(other, 2);
    await assert.rejects(
      listener(other, 2),
      failsWith(status.RESOURCE_EXHAUSTED, /^there are already 1000 listeners; try again later$/),
    );
    open.halfClose();
    await open.answer;
    await assert.rejects(
      all(other.joinChat([{ info: { idChannel: 1001 } }])),
      failsWith(status.RESOURCE_EXHAUSTED, /^there are already 1000 listeners; try again later$/),
    );
    assert.deepEqual((await other.getInfo({ keyword: '1001' })).channelInfo, []);
    leaving?.halfClose();
    await leaving?.messages.next();
    const { say } = await author(other, 1001);
    const { first } = await listener(other, 1001);
    say('room again');
    assert.equal((await first).value?.message, 'room again');
  });
});

test('GetInfo finds by title in any case and by number, in the order of the numbers', async (t) => {
  const { client } = await startMessanger(t);
  await author(client, 30, 'World News');
  await author(client, 7, 'Local news');
  await author(client, 8, 'Weather');
  const found = async (keyword: string) =>
    (await client.getInfo({ keyword })).channelInfo.map(({ idChannel }) => idChannel);
  assert.deepEqual(await found('NEWS'), [7, 30]);
  assert.deepEqual(await found('8'), [8]);
  assert.deepEqual(await found(''), [7, 8, 30]);
  assert.deepEqual(await found('sports'), []);
});
