import type { ServiceDefinition } from '@grpc/grpc-js';
import type { WatchResponse } from 'proto/gen/watch/WatchResponse';
import type { Batch } from './changes.ts';

const responses = new WeakMap<Batch, WatchResponse>();

/** The response for a batch: the same object for all watchers that get the same batch. */
export function responseTo(batch: Batch, storeId: string): WatchResponse {
  const known = responses.get(batch);
  if (known) return known;
  const response = { changes: [...batch.changes], revision: batch.revision, storeId };
  responses.set(batch, response);
  return response;
}

/** The same service, but a response object that is sent ten thousand times is turned into bytes once. */
export function serializedOnce<Definition extends ServiceDefinition>(definition: Definition): Definition {
  const entries = Object.entries(definition).map(([name, method]) => {
    const bytes = new WeakMap<object, Buffer>();
    const responseSerialize = (response: object): Buffer => {
      const known = bytes.get(response) ?? method.responseSerialize(response);
      bytes.set(response, known);
      return known;
    };
    return [name, { ...method, responseSerialize }];
  });
  return Object.fromEntries(entries);
}
