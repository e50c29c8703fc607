import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

/** Without this, streams of the same age would move at the same time. Each age is shorter by up to this share. */
const JITTER = 0.2;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;
// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A long stream that moves: after `age` it is opened again, and so it can reach servers that were added. A stream whose server is
 * lost (UNAVAILABLE) is opened again, too.
 *
 * No message is lost and none comes twice if the service can continue after a message.
 *
 * @param open makes the call; it gets the last message that was received, to ask for what comes after that
 * @param age milliseconds, of which up to a fifth is left off at random; at most 24.8 days
 * @throws RangeError for another age
 *
 * @example
 * const prices = renewed((last, signal) => client.watch({ after: last?.revision ?? 0 }, { signal }), 60_000);
 * for await (const price of prices) console.log(price);
 */
export async function* renewed<Message>(
  open: (last: Message | undefined, signal: AbortSignal) => AsyncIterable<Message>,
  age: number,
): AsyncGenerator<Message, void> {
  if (!(age > 0 && age <= LONGEST_TIMER)) {
    throw new RangeError(`age is ${age}; it has to be above 0 and at most ${LONGEST_TIMER}`);
  }
  let last: Message | undefined;
  let pause = FIRST_PAUSE;
  for (;;) {
    const old = AbortSignal.timeout(Math.ceil(age * (1 - JITTER * Math.random())));
    try {
      for await (const message of open(last, old)) {
        last = message;
        pause = FIRST_PAUSE;
        yield message;
      }
      return;
    } catch (error) {
      if (old.aborted && isStatus(error, status.CANCELLED)) continue;
      if (!isStatus(error, status.UNAVAILABLE)) throw error;
    }
    await delay(pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

const isStatus = (error: unknown, code: status) => error instanceof StatusError && error.code === code;
