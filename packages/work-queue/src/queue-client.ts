import type { ChannelCredentials, ClientOptions } from '@grpc/grpc-js';
import { WorkQueue } from 'proto';

/** Looks for a server that went away every few seconds; by itself grpc-js would wait up to two minutes. */
export class QueueClient extends WorkQueue {
  constructor(address: string, credentials: ChannelCredentials, options?: ClientOptions) {
    super(address, credentials, {
      ...options,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 2000,
    });
  }
}
