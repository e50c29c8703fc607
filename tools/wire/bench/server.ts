// Serves messages of any size, and takes them.
import { runServer } from 'cli';
import { defineService } from 'grpc-iterables';
import { Bench } from 'proto';
import type { BenchHandlers } from 'proto/gen/bench/Bench';

const service = defineService<BenchHandlers>(Bench.service, {
  async Unary(item) {
    return item;
  },
  async *Download({ count, size }) {
    const payload = Buffer.alloc(size, 7);
    for (let number = 0; number < count; number++) yield { number, payload };
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

await runServer({ name: 'wire:bench', serving: 'messages', port: 0, services: () => [service] });
