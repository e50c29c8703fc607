import { Metadata } from '@grpc/grpc-js';
import type { IterableClient } from 'grpc-iterables';
import type { MessangerClient } from 'proto/gen/messanger/Messanger';

export type Client = IterableClient<MessangerClient>;

/** One figure of one way to the server. */
export interface Measure {
  name: string;
  unit: string;
  digits: number;
  run(client: Client): Promise<number>;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function download(client: Client, messages: number, size: number): Promise<number> {
  const metadata = new Metadata();
  metadata.set('size', String(size));
  return seconds(async () => {
    for await (const _ of client.joinChannel({ idChannel: messages }, { metadata }));
  });
}

function* uploaded(messages: number) {
  const message = 'x'.repeat(100);
  for (let sent = 0; sent < messages; sent++) yield { text: { message } };
}

/** The times of round trips in one call, one at a time, in milliseconds. */
async function echoTimes(client: Client, rounds: number): Promise<number[]> {
  const times: number[] = [];
  let answered = () => {};
  async function* asked() {
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      yield { text: 'x'.repeat(100) };
      await answer;
      times.push(performance.now() - start);
    }
  }
  for await (const _ of client.joinChat(asked())) answered();
  return times;
}

export const measures: Measure[] = [
  {
    name: 'a call, one at a time',
    unit: 'ms',
    digits: 2,
    async run(client) {
      const times: number[] = [];
      for (let call = 0; call < 300; call++) times.push(await seconds(() => client.getInfo({})));
      return median(times) * 1000;
    },
  },
  {
    name: 'calls, 32 at a time',
    unit: 'a second',
    digits: 0,
    async run(client) {
      const CALLS = 1500;
      let begun = 0;
      const caller = async () => {
        while (begun++ < CALLS) await client.getInfo({});
      };
      return CALLS / (await seconds(() => Promise.all(Array.from({ length: 32 }, caller))));
    },
  },
  {
    name: 'a message there and back in an open stream',
    unit: 'ms',
    digits: 2,
    run: async (client) => median(await echoTimes(client, 500)),
  },
  {
    name: 'messages of 100 bytes to the client',
    unit: 'a millisecond',
    digits: 0,
    run: async (client) => 20 / (await download(client, 20_000, 100)),
  },
  {
    name: 'messages of 100 bytes to the server',
    unit: 'a millisecond',
    digits: 0,
    run: async (client) => 20 / (await seconds(() => client.startChannel(uploaded(20_000)))),
  },
  {
    name: 'messages of 10 kB to the client',
    unit: 'MB a second',
    digits: 0,
    run: async (client) => 30 / (await download(client, 3000, 10_000)),
  },
];
