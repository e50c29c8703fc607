// The work as async iterables, for every library that has them.
import type { Item } from 'proto/gen/bench/Item';
import { packed, sumOf } from './packed.ts';
import type { BenchClient, Stack } from './stack.ts';

/** The order of a download. */
export type Order = { count: number; size: number; fail?: boolean };

/** The methods of a bench client in this project, nice-grpc and connect. */
export interface IterableMethods {
  unary(item: Item): Promise<unknown>;
  download(order: Order): AsyncIterable<unknown>;
  upload(items: AsyncIterable<Item>): Promise<{ count?: number }>;
  exchange(items: AsyncIterable<Item>): AsyncIterable<unknown>;
  downloadPacked(order: { count: number }): AsyncIterable<{ numbers: Uint8Array }>;
  uploadPacked(messages: AsyncIterable<{ numbers: Uint8Array }>): Promise<{ sum: string | bigint }>;
}

/** `count` items, each with a payload of `size` bytes. */
async function* items(count: number, size: number): AsyncGenerator<Item> {
  const weight = size > 0 ? { payload: Buffer.alloc(size) } : {};
  for (let number = 0; number < count; number++) yield { number, ...weight };
}

async function* failing(count: number, size: number, failure: () => Error): AsyncGenerator<Item> {
  yield* items(count, size);
  throw failure();
}

async function* packedMessages(count: number): AsyncGenerator<{ numbers: Uint8Array }> {
  for (let sent = 0; sent < count; sent++) yield { numbers: packed() };
}

async function counted(messages: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of messages) count++;
  return count;
}

async function summed(messages: AsyncIterable<{ numbers: Uint8Array }>): Promise<bigint> {
  let sum = 0n;
  for await (const { numbers } of messages) sum += sumOf(numbers);
  return BigInt.asIntN(64, sum);
}

/**
 * The server's side, for every library whose handlers are functions of async iterables.
 *
 * @param failure the library's own error for ABORTED
 */
export const handlersOf = (failure: () => Error) => ({
  unary: async (item: Item) => item,
  download: ({ count, size, fail }: Order) => (fail ? failing(count, size, failure) : items(count, size)),
  upload: async (requests: AsyncIterable<Item>) => ({ count: await counted(requests) }),
  async *exchange(requests: AsyncIterable<Item>): AsyncGenerator<Item> {
    for await (const { number } of requests) if (number !== undefined) yield { number };
  },
  downloadPacked: ({ count }: { count: number }) => packedMessages(count),
  uploadPacked: async (messages: AsyncIterable<{ numbers: Uint8Array }>) => ({ sum: await summed(messages) }),
});

/** Runs `call` many times, some of them at once. */
export async function repeated(
  times: number,
  atOnce: number,
  call: (round: number) => Promise<unknown>,
): Promise<void> {
  let begun = 0;
  const caller = async () => {
    while (begun < times) await call(begun++);
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
}

async function pingPong(exchange: IterableMethods['exchange'], rounds: number): Promise<number[]> {
  const times: number[] = [];
  let answered = () => {};
  async function* pings(): AsyncGenerator<Item> {
    for (let number = 0; number < rounds; number++) {
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      const sent = performance.now();
      yield { number };
      await answer;
      times.push(performance.now() - sent);
    }
  }
  for await (const _ of exchange(pings())) answered();
  return times;
}

async function failed(messages: AsyncIterable<unknown>): Promise<void> {
  try {
    await counted(messages);
  } catch {
    return;
  }
  throw new Error('the stream did not fail');
}

/**
 * All works over `methods`.
 *
 * @param another makes one more client with its own connection
 */
export function clientOf(
  methods: IterableMethods,
  close: () => void,
  another: () => ReturnType<Stack['connect']>,
): BenchClient {
  return {
    async firstCall() {
      const client = another();
      await client.unary?.(1, 1);
      client.close();
    },
    failure: () => failed(methods.download({ count: 1, size: 0, fail: true })),
    unary: (calls, atOnce) => repeated(calls, atOnce, (number) => methods.unary({ number })),
    download: (count, size) => counted(methods.download({ count, size })),
    upload: async (count, size) => (await methods.upload(items(count, size))).count ?? 0,
    exchange: (count) => counted(methods.exchange(items(count, 0))),
    pingPong: (rounds) => pingPong(methods.exchange, rounds),
    downloadPacked: (count) => summed(methods.downloadPacked({ count })),
    uploadPacked: async (count) => BigInt((await methods.uploadPacked(packedMessages(count))).sum),
    close,
  };
}
