// errors: Refuse a stream as a whole, and say which message was wrong.
//
// The handler stores the names that a client sends. If one name is empty, this handler fails with INTERNAL, does not say which name it was, and
// has stored the names before it. Change it:
// 1. An empty name is INVALID_ARGUMENT. A BadRequest names the field: `requests[2].name` for the third message.
// 2. All names of a call are stored, or none. None is stored if a name is empty, and none if the client cancels.
// 3. Refuse at once, without waiting for the rest of the stream.
//
// You need: import { status } from '@grpc/grpc-js', and { richStatus } from 'errors'.
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
