import { credentials } from '@grpc/grpc-js';
import { iterableClient, streamingChannelOptions } from 'grpc-iterables';
import type { WorkQueueClient } from 'proto/gen/workqueue/WorkQueue';
import { QueueClient } from '../src/queue-client.ts';

export function connectTo(address: string) {
  const client = new QueueClient(address, credentials.createInsecure(), streamingChannelOptions);
  return {
    client: iterableClient<WorkQueueClient>(client, QueueClient.service),
    close: () => client.close(),
  };
}
