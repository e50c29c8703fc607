import * as grpc from '@grpc/grpc-js';
import { clientMethods } from './client-methods.ts';
import { guarded } from './grpc-js-channel.ts';
import type { IterableClient } from './types.ts';

/**
 * The methods of `connect`, through the channel of a grpc-js client: for those who need grpc-js's name resolution
 * and load balancing. Give the client `streamingChannelOptions`.
 *
 * Its interceptors are not called. The client stays the caller's: close it.
 *
 * @param client any generated grpc-js client
 * @param definition its service (`Client.service`), which says of which kind each method is
 */
export function iterableClient<Client extends grpc.Client>(
  client: Client,
  definition: grpc.ServiceDefinition,
): IterableClient<Client> {
  const channel = client.getChannel();
  return clientMethods(channel instanceof grpc.Channel ? guarded(channel) : channel, definition);
}
