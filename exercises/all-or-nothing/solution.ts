// The line after the loop runs only if the client has finished and nothing was wrong. So it is the place to store.
import { status } from '@grpc/grpc-js';
import { richStatus } from 'errors';
import type { IterableHandlers } from 'grpc-iterables';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';

export function storeNames(store: string[]): IterableHandlers<GreeteringHandlers>['GreetEach'] {
  return async (requests) => {
    const names: string[] = [];
    for await (const { name } of requests) {
      if (name === '') {
        const field = `requests[${names.length}].name`;
        throw richStatus(status.INVALID_ARGUMENT, `${field} is empty`, [
          { type: 'BadRequest', fieldViolations: [{ field, description: 'must not be empty' }] },
        ]);
      }
      names.push(name);
    }
    store.push(...names);
    return { msg: `stored ${names.length}` };
  };
}
