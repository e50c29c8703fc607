// `pnpm bench:wire`: what the tap costs. Streams of 64 KiB messages, in turns: without anything between client and
// server, with a plain relay, and with the tap. Only the ratios count, because they come from one run.
//
// First all go as fast as they can. The relay and the tap are a third process: without a free core they take time from the
// client and the server. Then the stream has the speed of a network.
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { program } from 'cli/program';
import { connect } from 'grpc-iterables';
import { Bench } from 'proto';
import { figures } from './figures.ts';
import { figuresOf, type Started, start } from './processes.ts';

const { options } = program('pnpm bench:wire', 'Compares streams with and without the tap.')
  .option('--rounds <n>', 'how often each is measured', Number, 7)
  .option('--size <bytes>', 'of each message', Number, 64 * 1024)
  .option('--count <n>', 'messages in a stream', Number, 2000)
  .parse();
const { rounds, size, count } = options;
const MEBIBYTES = (2 * count * size) / 2 ** 20;
/** In MiB a second. A line of 1 Gbit/s carries a little more. */
const NETWORK = 100;

/** Milliseconds for all messages, and of the processor time of each process. */
interface Run {
  readonly time: number;
  readonly cpu: readonly number[];
}

/** Resolves when so many messages are due at this rate, in MiB a second. */
function pace(rate: number): (messages: number) => Promise<void> {
  const begin = performance.now();
  return async (messages) => {
    const due = begin + ((messages * size) / 2 ** 20 / rate) * 1000;
    const early = due - performance.now();
    if (early >= 1) await delay(early);
  };
}

/** A stream from the server to the client, and one back. Returns the milliseconds. */
async function transfer(address: string, rate: number): Promise<number> {
  await using client = connect(Bench, address);
  const payload = Buffer.alloc(size, 7);
  async function* items() {
    const due = pace(rate);
    for (let number = 0; number < count; number++) {
      yield { number, payload };
      await due(number + 1);
    }
  }
  // The connection is not measured.
  await client.unary({});
  const begin = performance.now();
  let received = 0;
  const due = pace(rate);
  for await (const _ of client.download({ count, size })) await due(++received);
  const answer = await client.upload(items());
  if (received !== count || answer.count !== count) throw new Error('messages are missing');
  return performance.now() - begin;
}

async function measure(address: string, rate: number, processes: Started[]): Promise<Run> {
  const cpuNow = async () =>
    [figures(), ...(await Promise.all(processes.map(figuresOf)))].map(({ cpu }) => cpu);
  const before = await cpuNow();
  const time = await transfer(address, rate);
  const after = await cpuNow();
  return { time, cpu: after.map((cpu, index) => cpu - (before[index] ?? 0)) };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const perMebibyte = (milliseconds: number) => `${(milliseconds / MEBIBYTES).toFixed(2)} ms`;
const cpuOf = (runs: Run[], process: number) => perMebibyte(median(runs.map(({ cpu }) => cpu[process] ?? 0)));

const server = await start('./server.ts', '--port', '0');
const relay = await start('./between.ts', 'relay', server.address);
const tap = await start('./between.ts', 'tap', server.address);

/** Measures all three ways in turns, and prints what each has of the speed of the first. */
async function compare(title: string, rate: number): Promise<void> {
  const ways = { direct: server, 'plain relay': relay, tap };
  const runs: Record<string, Run[]> = { direct: [], 'plain relay': [], tap: [] };
  for (const { address } of Object.values(ways)) await transfer(address, rate);
  for (let round = 0; round < rounds; round++)
    for (const [way, { address }] of Object.entries(ways))
      runs[way]?.push(await measure(address, rate, [server, relay, tap]));

  console.log(title);
  const direct = runs.direct ?? [];
  for (const [way, all] of Object.entries(runs)) {
    const speed = (MEBIBYTES / median(all.map(({ time }) => time))) * 1000;
    const share = median(all.map(({ time }, round) => (direct[round]?.time ?? time) / time));
    console.log(`  ${way.padEnd(12)} ${speed.toFixed(0).padStart(6)} MiB/s   ${share.toFixed(2)} of direct`);
  }
  const costs = [
    `client ${cpuOf(direct, 0)}, server ${cpuOf(direct, 1)}`,
    `plain relay ${cpuOf(runs['plain relay'] ?? [], 2)}, tap ${cpuOf(runs.tap ?? [], 3)}`,
  ];
  console.log(`  processor time for each MiB: ${costs.join(', ')}`);
}

try {
  await compare(`As fast as ${availableParallelism()} cores allow:`, Number.POSITIVE_INFINITY);
  await compare(`${NETWORK} MiB a second, as over a line of 1 Gbit/s:`, NETWORK);
  const { rss } = await figuresOf(tap);
  console.log(`Memory of the tap: ${(rss / 2 ** 20).toFixed(0)} MiB`);
} finally {
  for (const { child } of [server, relay, tap]) child.disconnect();
}
