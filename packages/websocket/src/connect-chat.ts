import { credentials } from '@grpc/grpc-js';
import { type IterableClient, iterableClient, streamingChannelOptions } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { ServicesClient } from 'proto/gen/chatserver/Services';

export interface ChatConnection {
  readonly chat: IterableClient<ServicesClient>;
  close(): void;
}

/** One connection to the chat server for all pages: each of their calls has its own flow control in it. */
export function connectChat(address: string): ChatConnection {
  const client = new ChatServices(address, credentials.createInsecure(), {
    ...streamingChannelOptions,
    // Pages try again by themselves, so a server that is back has to be found soon. Without this it takes up to two minutes.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2000,
  });
  return { chat: iterableClient<ServicesClient>(client, ChatServices.service), close: () => client.close() };
}
