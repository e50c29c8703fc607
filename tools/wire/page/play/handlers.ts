// The server of a demo. It is the same for every library.
import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Handlers, Message, Stack } from 'stress/src/stack.ts';
import type { Account } from './account.ts';
import { type Brake, createBrake } from './brake.ts';
import type { Choice } from './choices.ts';
import { MOMENT, paddingOf, readMessages, writeMessages } from './messages.ts';

/** How long a unary call takes that is to end in another way than by its answer, in milliseconds. */
const SLOW_ANSWER = 5000;

export function demoHandlers(choice: Choice, stack: Stack, account: Account, brake: Brake): Handlers {
  const { pattern, ending } = choice;
  // In a bidirectional call the client is the slow reader. The server reads as fast as it can answer.
  const ownBrake = pattern === 'exchange' ? createBrake(null) : brake;

  /** Reports how the handler begins and ends. */
  async function* watched<T>(context: Context, work: () => AsyncGenerator<T>): AsyncGenerator<T> {
    account.saw('the handler starts');
    context.signal.addEventListener('abort', () => account.saw('the signal of the call aborts'));
    try {
      yield* work();
    } catch (error) {
      account.saw(`the handler throws ${describe(error)}`);
      throw error;
    } finally {
      account.saw('the handler has ended');
    }
  }

  const describe = (error: unknown) =>
    error instanceof Error
      ? `${stack.codeOf(error) ?? error.name}: ${error.message.split('\n')[0]}`
      : String(error);

  function throwAt(messages: number): void {
    if (ending === 'throw' && messages >= MOMENT) throw stack.notFound();
  }

  async function* receive(requests: AsyncIterable<Message>): AsyncGenerator<number> {
    let count = 0;
    for await (const _ of readMessages(requests, account, ownBrake)) {
      yield ++count;
      throwAt(count);
      if (ending === 'early' && count === MOMENT) {
        account.saw(`answers after ${count} requests, without waiting for more`);
        return;
      }
    }
    account.saw(`its loop ended normally: ${count} messages, complete`);
  }

  return {
    async unary(request, context) {
      const answers = watched(context, async function* () {
        account.got(request);
        if (ending !== 'complete' && ending !== 'throw')
          await delay(SLOW_ANSWER, undefined, { signal: context.signal });
        throwAt(MOMENT);
        yield { sequence: 1 };
      });
      for await (const answer of answers) {
        account.handedOver(answer);
        return answer;
      }
      throw new Error('there is always an answer');
    },
    download: (request, context) =>
      watched(context, async function* () {
        account.got(request);
        let count = 0;
        for await (const message of writeMessages(choice, account)) {
          yield message;
          throwAt(++count);
        }
      }),
    async upload(requests, context) {
      let sequence = 0;
      for await (const count of watched(context, () => receive(requests))) sequence = count;
      const answer = { sequence };
      account.handedOver(answer);
      return answer;
    },
    exchange: (requests, context) =>
      watched(context, async function* () {
        for await (const sequence of receive(requests)) {
          const answer = { sequence, ...paddingOf(choice) };
          account.handedOver(answer);
          yield answer;
        }
      }),
  };
}
