// Services whose one method does what a scenario needs.
import { defineService, type IterableHandlers, type Service } from 'grpc-iterables';
import { ClientStream, ServerStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';

/** Server streaming. */
export function pow(Pow: IterableHandlers<ServerStreamHandlers>['Pow']): Service[] {
  return [defineService<ServerStreamHandlers>(ServerStream.service, { Pow })];
}

/** Client streaming. */
export function sum(Sum: IterableHandlers<ClientStreamHandlers>['Sum']): Service[] {
  return [defineService<ClientStreamHandlers>(ClientStream.service, { Sum })];
}
