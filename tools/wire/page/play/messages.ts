// The two loops of a demo: one writes messages, the other reads them.
import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from 'proto/gen/stress/Message';
import type { Account } from './account.ts';
import type { Brake } from './brake.ts';
import type { Choice } from './choices.ts';

/** The message after which an ending happens that is not `complete`. */
export const MOMENT = 5;

const STEADY_PACE = 100;
const FAST_SIZE = 8000;
const COUNT = { steady: 10, fast: 400 };
/** A `yield` that takes longer than this is waiting, in milliseconds. */
const WAITING = 150;

/** How many messages a writer sends. A call that ends early has a writer that would go on. */
const countOf = ({ writer, ending }: Choice) =>
  ending === 'complete' ? COUNT[writer] : Number.POSITIVE_INFINITY;

/** What makes messages heavy, if the writer is a fast one. */
export const paddingOf = ({ writer }: Choice) =>
  writer === 'fast' ? { padding: Buffer.alloc(FAST_SIZE) } : {};

/** Writes messages as chosen, and reports when it is made to wait. */
export async function* writeMessages(choice: Choice, account: Account): AsyncGenerator<Message> {
  const count = countOf(choice);
  const padding = paddingOf(choice);
  let sequence = 0;
  let complete = false;
  let timer: NodeJS.Timeout | undefined;
  try {
    while (sequence < count) {
      if (choice.writer === 'steady') await delay(STEADY_PACE);
      const message = { sequence: ++sequence, ...padding };
      account.handedOver(message);
      const began = performance.now();
      timer = setTimeout(() => account.saw('has to wait: its yield does not return'), WAITING);
      yield message;
      clearTimeout(timer);
      const waited = performance.now() - began;
      if (waited > WAITING) account.saw(`can send again after ${Math.round(waited)} ms`);
    }
    complete = true;
    account.saw(`has written all ${count} messages`);
  } finally {
    clearTimeout(timer);
    if (!complete) account.saw(`its writing loop stops at message ${sequence}`);
  }
}

/** Reads messages at the speed of the brake, and passes them on. */
export async function* readMessages(
  messages: AsyncIterable<Message>,
  account: Account,
  brake: Brake,
): AsyncGenerator<Message> {
  for await (const message of messages) {
    await brake.turn();
    account.got(message);
    yield message;
  }
}
