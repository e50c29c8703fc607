// A store for exercises that answers what a check wants.
import { status } from '@grpc/grpc-js';
import { defineService, type IterableHandlers, type Service, StatusError } from 'grpc-iterables';
import { Store } from 'proto';
import type { StoreHandlers } from 'proto/gen/watch/Store';

/** The store with some of its methods; the others are UNIMPLEMENTED. */
export function storeWith(methods: Partial<IterableHandlers<StoreHandlers>>): Service {
  const missing = () => {
    throw new StatusError(status.UNIMPLEMENTED, 'not part of this exercise');
  };
  return defineService<StoreHandlers>(
    Store.service,
    { Put: missing, Get: missing, List: missing, Delete: missing, Watch: missing, ...methods },
    { onError: () => {} },
  );
}

export function entry(key: string, value: string, revision: number) {
  return { key, value: Buffer.from(value), revision };
}
