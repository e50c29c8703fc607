// Two readers meet at each message. The first one waits for the other. So the slower one sets the speed, and no buffer is needed.
import type { IterableClient, IterableHandlers } from 'grpc-iterables';
import type { GreeteringClient, GreeteringHandlers } from 'proto/gen/proto/Greetering';

type Give<Message> = (next: Promise<IteratorResult<Message>>) => void;

export async function copies<Message>(
  source: AsyncIterableIterator<Message>,
): Promise<[AsyncIterable<Message>, AsyncIterable<Message>]> {
  let waiting: Give<Message> | undefined;
  let left = false;

  /** The next message, once both have asked for it. */
  function meet(): Promise<IteratorResult<Message>> {
    if (left) throw new Error('the other copy failed');
    if (!waiting) {
      return new Promise((give) => {
        waiting = give;
      });
    }
    const give = waiting;
    waiting = undefined;
    const next = source.next();
    give(next);
    return next;
  }

  async function* copy() {
    try {
      for (let next = await meet(); !next.done; next = await meet()) yield next.value;
    } finally {
      left = true;
      waiting?.(Promise.reject(new Error('the other copy failed')));
      waiting = undefined;
    }
  }
  return [copy(), copy()];
}

type Store = Pick<IterableClient<GreeteringClient>, 'greetEach'>;

export function storeInBoth(one: Store, two: Store): IterableHandlers<GreeteringHandlers>['GreetEach'] {
  return async (requests, { signal }) => {
    const [first, second] = await copies(requests);
    const failed = new AbortController();
    const call = { signal: AbortSignal.any([signal, failed.signal]) };
    try {
      const [answer] = await Promise.all([one.greetEach(first, call), two.greetEach(second, call)]);
      return answer;
    } finally {
      // Once this handler has ended, its requests end too, and the other store would take that for the end of the upload.
      failed.abort();
    }
  };
}
