// An upload that its client cancels: as this project's channel writes it, and as grpc-js does.
import { credentials } from '@grpc/grpc-js';
import { connect, StatusError } from 'grpc-iterables';
import { ClientStream } from 'proto';
import type { WireEvent } from '../src/events.ts';
import type { Scenario } from './scenario.ts';
import { sum } from './services.ts';

const services = sum(async (requests) => {
  let total = 0n;
  for await (const { data } of requests) total += BigInt(data);
  return { sum: String(total) };
});

function secondRequest(event: WireEvent): boolean {
  return event.type === 'message' && event.side === 'client' && event.number === 2;
}

export const cancelledUpload: Scenario = {
  name: 'cancelled-upload',
  title: 'A cancelled upload with http2-channel: a reset, and no half-close',
  services,
  async run({ address, seen }) {
    await using client = connect(ClientStream, address);
    const controller = new AbortController();
    async function* numbers() {
      yield { data: 1 };
      yield { data: 300 };
      await seen(secondRequest);
      controller.abort();
    }
    await client.sum(numbers(), { signal: controller.signal }).catch((error) => {
      if (!(error instanceof StatusError)) throw error;
    });
    await seen(({ type }) => type === 'ended');
  },
};

export const cancelledByGrpcJs: Scenario = {
  name: 'false-half-close',
  title: 'A cancelled upload with grpc-js: a false half-close before the reset',
  services,
  async run({ address, seen }) {
    const client = new ClientStream(address, credentials.createInsecure());
    const ended = new Promise<void>((resolve) => {
      const call = client.sum(() => resolve());
      call.write({ data: 1 });
      call.write({ data: 300 });
      void seen(secondRequest).then(() => call.cancel());
    });
    await ended;
    await seen(({ type }) => type === 'ended');
    client.close();
  },
};
