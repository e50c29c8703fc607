import { defineService, type Service } from 'grpc-iterables';
import { Bench } from 'proto';
import type { BenchHandlers } from 'proto/gen/bench/Bench';

/** Sends as many messages of a size as it is asked for, and takes all that come. */
export function benchService(payloadOf: (number: number, size: number) => Buffer): Service {
  return defineService<BenchHandlers>(Bench.service, {
    async Unary(item) {
      return item;
    },
    async *Download({ count, size }) {
      for (let number = 0; number < count; number++) yield { number, payload: payloadOf(number, size) };
    },
    async Upload(items) {
      let count = 0;
      for await (const _ of items) count++;
      return { count };
    },
    async *Exchange(items) {
      yield* items;
    },
    async *DownloadPacked() {},
    async UploadPacked() {
      return {};
    },
  });
}
