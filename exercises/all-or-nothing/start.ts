// errors: Refuse a stream as a whole, and say which message of it was wrong.
//
// The handler stores the names that a client sends. With one empty name among them it fails as INTERNAL, tells nobody which, and has stored
// those before it. Mend it:
// 1. An empty name is INVALID_ARGUMENT, with a BadRequest whose field is `requests[2].name` for the third message.
// 2. All names of a call are stored, or none: not when one is wrong, and not when the client cancels half-way.
// 3. The refusal does not wait for the rest of the stream.
import type { IterableHandlers } from 'grpc-iterables';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';

export function storeNames(store: string[]): IterableHandlers<GreeteringHandlers>['GreetEach'] {
  return async (requests) => {
    let count = 0;
    for await (const { name } of requests) {
      if (name === '') throw new Error('a name is empty');
      store.push(name);
      count++;
    }
    return { msg: `stored ${count}` };
  };
}
