import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { ServicesHandlers } from 'proto/gen/chatserver/Services';
import { attempt, expected, failsWith, patience, served } from '../harness.ts';

const { deliver } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** Where a call breaks: after how many messages, how many of them were acknowledged before, and with which status. */
interface Break {
  after: number;
  acknowledged: number;
  code: status;
}

/** A chat whose first calls break, and the numbers and texts of each call. */
async function chatThatBreaks(t: TestContext, ...breaks: Break[]) {
  const calls: { number: number; body: string }[][] = [];
  const taken = new Map<number, string>();
  const chat = defineService<ServicesHandlers>(
    ChatServices.service,
    {
      async *ChatService(requests) {
        const call: { number: number; body: string }[] = [];
        calls.push(call);
        const { after, acknowledged, code } = breaks.shift() ?? {
          after: 100,
          acknowledged: 100,
          code: status.OK,
        };
        if (calls.length > 20) throw new StatusError(status.INTERNAL, 'the client has made 20 calls');
        for await (const { number, body } of requests) {
          call.push({ number: Number(number), body });
          taken.set(Number(number), body);
          if (call.length <= acknowledged) yield { acknowledged: number };
          if (call.length === after) throw new StatusError(code, 'the call breaks');
        }
      },
    },
    { onError: () => {} },
  );
  return { client: await served(t, chat, ChatServices), calls, taken };
}

const texts = ['one', 'two', 'three', 'four', 'five'];
const lost = status.UNAVAILABLE;

test('without a break, each message is sent once, with its number', patience, async (t) => {
  const { client, calls } = await chatThatBreaks(t);
  await expected(deliver(client, 'Ann', texts), 'all messages were acknowledged, so deliver must resolve');
  assert.equal(calls.length, 1, 'one call is enough');
  assert.deepEqual(
    calls[0],
    texts.map((body, index) => ({ number: index + 1, body })),
    'the messages must have the numbers 1 to 5',
  );
});

test('after a break, only messages that are not acknowledged are sent again', patience, async (t) => {
  const { client, calls } = await chatThatBreaks(
    t,
    { after: 3, acknowledged: 2, code: lost },
    { after: 1, acknowledged: 0, code: lost },
  );
  await expected(deliver(client, 'Ann', texts), 'the third call did not break, so deliver must resolve');
  const numbers = calls.map((call) => call.map(({ number }) => number).join(' '));
  assert.deepEqual(
    [numbers[1], numbers[2]],
    ['3', '3 4 5'],
    `messages 1 and 2 were acknowledged before the first break, nothing after. The calls must begin with message 3, but their messages were: ${numbers.slice(1).join(' and ')}`,
  );
});

test('a message that comes again has the same number', patience, async (t) => {
  const { client, taken } = await chatThatBreaks(t, { after: 4, acknowledged: 1, code: lost });
  await expected(deliver(client, 'Ann', texts), 'the second call did not break, so deliver must resolve');
  assert.deepEqual(
    [...taken].sort(([one], [other]) => one - other),
    texts.map((body, index) => [index + 1, body]),
    'each number must belong to one text, and each text must arrive',
  );
});

test('a call that ends early without an error is not enough', patience, async (t) => {
  const calls: number[] = [];
  const hasty = defineService<ServicesHandlers>(ChatServices.service, {
    async *ChatService(requests) {
      for await (const { number } of requests) {
        calls.push(Number(number));
        yield { acknowledged: number };
        if (calls.length <= 2 || Number(number) === texts.length) return;
      }
    },
  });
  const client = await served(t, hasty, ChatServices);
  await expected(
    deliver(client, 'Ann', texts),
    'all messages were acknowledged in the end, so deliver must resolve',
  );
  assert.deepEqual(
    calls,
    [1, 2, 3, 4, 5],
    'the server took one message in each of the first calls. The others must follow',
  );
});

test('an error that another call cannot fix is thrown', patience, async (t) => {
  const { client, calls } = await chatThatBreaks(t, {
    after: 1,
    acknowledged: 0,
    code: status.INVALID_ARGUMENT,
  });
  await failsWith(deliver(client, 'Ann', texts), status.INVALID_ARGUMENT);
  assert.equal(calls.length, 1, 'there must not be another call after INVALID_ARGUMENT');
});
