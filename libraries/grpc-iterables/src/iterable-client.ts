import * as grpc from '@grpc/grpc-js';
import { clientMethods } from './client-methods.ts';
import { guarded } from './grpc-js-channel.ts';
import type { IterableClient } from './types.ts';

/**
 * The methods of `connect`, through the channel of a grpc-js client. Use it if you need grpc-js's name resolution or load
 * balancing. Create the grpc-js client with `streamingChannelOptions`.
 *
 * The interceptors of the grpc-js client are not called. Close the grpc-js client yourself.
 *
 * @param client any generated grpc-js client
 * @param definition its service definition, `Client.service`
 */
export function iterableClient<Client extends grpc.Client>(
  client: Client,
  definition: grpc.ServiceDefinition,
): IterableClient<Client> {
  const channel = client.getChannel();
  return clientMethods(channel instanceof grpc.Channel ? guarded(channel) : channel, definition);
}
