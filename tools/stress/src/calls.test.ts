// How the program distinguishes a call that hangs from a call that is slow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { makeCall } from './calls.ts';
import type { Plan } from './plan.ts';
import type { Client, Stack } from './stack.ts';
import { stackNamed } from './stacks.ts';

const HANG = 500;
const plan: Plan = {
  id: 0,
  kind: 'upload',
  ending: 'complete',
  requests: 15,
  responses: 1,
  moment: 1,
  delay: 0,
  padding: 0,
  clientPace: 0,
  serverPace: 0,
};
const stack: Stack = stackNamed('ours');

/** A client whose server reads `most` requests, one every 50 ms. */
const slowClient = (most: number) =>
  ({
    async upload(requests, options) {
      let taken = 0;
      for await (const _ of requests) {
        await delay(50);
        if (++taken < most) continue;
        await delay(60_000, undefined, { signal: options?.signal as AbortSignal });
      }
      return { sequence: taken };
    },
  }) as Client;

test('a slow call is complete, however long it takes', async () => {
  const { ended } = await makeCall(stack, slowClient(100), plan, HANG);
  assert.equal(ended, 'complete');
});
test('a call that waits while other calls of its process move is slow, and does not hang', async () => {
  const others = makeCall(stack, slowClient(100), plan, HANG);
  const waiting = {
    async upload() {
      await others;
      return { sequence: plan.requests };
    },
  } as unknown as Client;
  const { ended } = await makeCall(stack, waiting, plan, HANG);
  assert.equal(ended, 'complete');
});
test('a call that stops is a hang, although it is cancelled after that', async () => {
  const { ended, sent } = await makeCall(stack, slowClient(5), plan, HANG);
  assert.deepEqual({ ended, sent }, { ended: 'hang', sent: 4 });
});
