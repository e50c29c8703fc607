// grpc-iterables: Relay one stream to two servers, at the speed of the slower one.
//
// An upload goes to two stores at once, and the client gets an answer when both have it. `copies` makes two iterables of one source. This one
// collects the whole source first, and then sends. Change both functions:
// 1. Each message goes to both copies as soon as both want one. The source is never more than one message ahead of the slower copy.
// 2. If one store fails, cancel the call to the other one at once. An upload that only one store has must not count.
import type { IterableClient, IterableHandlers } from 'grpc-iterables';
import type { GreeteringClient, GreeteringHandlers } from 'proto/gen/proto/Greetering';

export async function copies<Message>(
  source: AsyncIterableIterator<Message>,
): Promise<[AsyncIterable<Message>, AsyncIterable<Message>]> {
  const messages: Message[] = [];
  for await (const message of source) messages.push(message);
  async function* copy() {
    yield* messages;
  }
  return [copy(), copy()];
}

type Store = Pick<IterableClient<GreeteringClient>, 'greetEach'>;

export function storeInBoth(one: Store, two: Store): IterableHandlers<GreeteringHandlers>['GreetEach'] {
  return async (requests, { signal }) => {
    const [first, second] = await copies(requests);
    const [answer] = await Promise.all([one.greetEach(first, { signal }), two.greetEach(second, { signal })]);
    return answer;
  };
}
