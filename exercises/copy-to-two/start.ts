// grpc-iterables: Relay one stream into two, at the speed of the slower one.
//
// An upload goes to two stores at once; it is answered when both have it. Write `copies`: two iterables of all that the source brings.
// This one collects the source first, and then sends. Mend it:
// 1. Each message goes to both copies as soon as both want one: the source is never more than one message ahead of the slower copy.
// 2. When one store fails, the call of the other is cancelled at once, before the handler ends: half an upload in one store is no upload.
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
