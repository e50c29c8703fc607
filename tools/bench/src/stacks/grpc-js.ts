// grpc-js alone, written for speed: it reads by events, and waits for `drain`.
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import * as grpc from '@grpc/grpc-js';
import { Bench } from 'proto';
import type { BenchHandlers } from 'proto/gen/bench/Bench';
import type { Item } from 'proto/gen/bench/Item';
import { repeated } from '../iterables.ts';
import { packed, sumOf } from '../packed.ts';
import type { Stack } from '../stack.ts';

function itemsOf(size: number): (number: number) => Item {
  const weight = size > 0 ? { payload: Buffer.alloc(size) } : {};
  return (number) => ({ number, ...weight });
}

async function write(
  call: Writable,
  count: number,
  message: (number: number) => unknown,
  complete = true,
): Promise<void> {
  for (let number = 0; number < count; number++) {
    if (!call.write(message(number))) await once(call, 'drain');
  }
  if (complete) call.end();
}

async function counted(call: Readable): Promise<number> {
  let count = 0;
  call.on('data', () => count++);
  await once(call, 'end');
  return count;
}

async function summed(call: Readable): Promise<bigint> {
  let sum = 0n;
  call.on('data', ({ numbers }: { numbers: Buffer }) => {
    sum += sumOf(numbers);
  });
  await once(call, 'end');
  return BigInt.asIntN(64, sum);
}

const handlers: BenchHandlers = {
  Unary: (call, callback) => callback(null, call.request),
  async Download(call) {
    const { count, size, fail } = call.request;
    await write(call, count, itemsOf(size), !fail);
    if (fail) call.emit('error', { code: grpc.status.ABORTED, details: 'as ordered' });
  },
  Upload: (call, callback) => void counted(call).then((count) => callback(null, { count })),
  Exchange(call) {
    call.on('data', (item: Item) => {
      if (!call.write(item)) {
        call.pause();
        call.once('drain', () => call.resume());
      }
    });
    call.on('end', () => call.end());
  },
  DownloadPacked: (call) => void write(call, call.request.count, () => ({ numbers: packed() })),
  UploadPacked: (call, callback) => void summed(call).then((sum) => callback(null, { sum: String(sum) })),
};

type Answered<Response> = (callback: grpc.requestCallback<Response>) => void;

const answerTo = <Response>(call: Answered<Response>) =>
  new Promise<Response>((resolve, reject) => {
    call((error, response) => (response ? resolve(response) : reject(error)));
  });

async function pingPong(call: grpc.ClientDuplexStream<Item, Item>, rounds: number): Promise<number[]> {
  const times: number[] = [];
  let sent = performance.now();
  call.write({ number: 0 });
  call.on('data', () => {
    const now = performance.now();
    times.push(now - sent);
    sent = now;
    if (times.length < rounds) call.write({ number: times.length });
    else call.end();
  });
  await once(call, 'end');
  return times;
}

export const grpcJs: Stack = {
  async serve() {
    const server = new grpc.Server();
    server.addService(Bench.service, handlers);
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return `127.0.0.1:${port}`;
  },
  connect(address) {
    // Without its retry buffer grpc-js is not slower. With it, long uploads take very long.
    const client = new Bench(address, grpc.credentials.createInsecure(), {
      'grpc.per_rpc_retry_buffer_size': 0,
      'grpc.use_local_subchannel_pool': 1,
    });
    return {
      firstCall: async () => {
        const another = this.connect(address);
        await another.unary?.(1, 1);
        another.close();
      },
      async failure() {
        const call = client.download({ count: 1, size: 0, fail: true });
        call.resume();
        // `once` rejects with an 'error' event.
        await once(call, 'end').then(
          () => once(call, 'error', { signal: AbortSignal.timeout(1000) }),
          () => {},
        );
      },
      unary: (calls, atOnce) =>
        repeated(calls, atOnce, (number) => answerTo((callback) => client.unary({ number }, callback))),
      download: (count, size) => counted(client.download({ count, size })),
      async upload(count, size) {
        const answer = answerTo((callback) => {
          void write(client.upload(callback), count, itemsOf(size));
        });
        return ((await answer) as { count: number }).count;
      },
      async exchange(count) {
        const call = client.exchange();
        const [received] = await Promise.all([counted(call), write(call, count, (number) => ({ number }))]);
        return received;
      },
      pingPong: (rounds) => pingPong(client.exchange(), rounds),
      downloadPacked: (count) => summed(client.downloadPacked({ count })),
      async uploadPacked(count) {
        const answer = answerTo((callback) => {
          void write(client.uploadPacked(callback), count, () => ({ numbers: packed() }));
        });
        return BigInt(((await answer) as { sum: string }).sum);
      },
      close: () => client.close(),
    };
  },
};
