// grpc-iterables: Share out the time that is left between two calls.
//
// The handler asks one server, and another if the first is too slow. This one asks the first for as long as it takes: when it gives up, there
// is no time left for the second, and when the client leaves nobody tells the first. Mend it:
// 1. The first has half of the time that remains of the call's deadline; the second has the rest.
// 2. Only a first that is too slow or gone (DEADLINE_EXCEEDED, UNAVAILABLE) is replaced; any other error is the answer.
// 3. When the client gives up, so do the calls made for it.
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
