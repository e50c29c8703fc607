// grpc-iterables: Divide the remaining time between two calls.
//
// The handler asks one server, and then a second one if the first is too slow. This one waits for the first server without a limit. So no
// time is left for the second, and if the client leaves, the first server does not hear of it. Change it:
// 1. The first server gets half of the time that remains until the deadline of the call. The second gets the rest.
// 2. Ask the second server only after DEADLINE_EXCEEDED or UNAVAILABLE. Any other error of the first server is the answer.
// 3. When the client gives up, cancel the calls that you made for it.
//
// You need: import { status } from '@grpc/grpc-js', and StatusError from 'grpc-iterables'.
import type { IterableClient, IterableHandlers } from 'grpc-iterables';
import type { GreeteringClient, GreeteringHandlers } from 'proto/gen/proto/Greetering';

type Greeter = Pick<IterableClient<GreeteringClient>, 'hello'>;

export function eitherOf(first: Greeter, second: Greeter): IterableHandlers<GreeteringHandlers>['Hello'] {
  return async (request) => {
    try {
      return await first.hello(request);
    } catch {
      return await second.hello(request);
    }
  };
}
