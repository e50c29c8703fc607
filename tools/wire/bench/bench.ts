// `pnpm bench:wire`: what the tap costs. Streams of 64 KiB messages, in turns: without anything between client and
// server, with a plain relay, and with the tap. Only the ratios count, because they come from one run.
//
// The tap is a third process. On a machine without a free core it takes time from the client and the server, however
// little it needs. So the same is measured a second time, with one core for client and server and another for the tap.
import { availableParallelism } from 'node:os';
import { program } from 'cli/program';
import { connect } from 'grpc-iterables';
import { Bench } from 'proto';
import { figures } from './figures.ts';
import { figuresOf, pin, type Started, start } from './processes.ts';

const { options } = program('pnpm bench:wire', 'Compares streams with and without the tap.')
  .option('--rounds <n>', 'how often each is measured', Number, 7)
  .option('--size <bytes>', 'of each message', Number, 64 * 1024)
  .option('--count <n>', 'messages in a stream', Number, 2000)
  .parse();
const { rounds, size, count } = options;
const MEBIBYTES = (2 * count * size) / 2 ** 20;

/** Milliseconds for all messages, and of the processor time of each process. */
interface Run {
  readonly time: number;
  readonly cpu: readonly number[];
}

/** A stream from the server to the client, and one back. Returns the milliseconds. */
async function transfer(address: string): Promise<number> {
  await using client = connect(Bench, address);
  const payload = Buffer.alloc(size, 7);
  async function* items() {
    for (let number = 0; number < count; number++) yield { number, payload };
  }
  // The connection is not measured.
  await client.unary({});
  const begin = performance.now();
  let received = 0;
  for await (const _ of client.download({ count, size })) received++;
  const answer = await client.upload(items());
  if (received !== count || answer.count !== count) throw new Error('messages are missing');
  return performance.now() - begin;
}

async function measure(address: string, processes: Started[]): Promise<Run> {
  const cpuNow = async () =>
    [figures(), ...(await Promise.all(processes.map(figuresOf)))].map(({ cpu }) => cpu);
  const before = await cpuNow();
  const time = await transfer(address);
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
async function compare(title: string): Promise<void> {
  const ways = { direct: server, 'plain relay': relay, tap };
  const runs: Record<string, Run[]> = { direct: [], 'plain relay': [], tap: [] };
  for (const { address } of Object.values(ways)) await transfer(address);
  for (let round = 0; round < rounds; round++)
    for (const [way, { address }] of Object.entries(ways))
      runs[way]?.push(await measure(address, [server, relay, tap]));

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

/** Gives client and server one core, and the others another. Returns why this machine can't. */
function separate(): string | undefined {
  try {
    for (const pid of [process.pid, server.child.pid]) pin(pid ?? 0, 0);
    for (const { child } of [relay, tap]) pin(child.pid ?? 0, 1);
    return undefined;
  } catch (error) {
    return (error as Error).message.trim();
  }
}

try {
  await compare(`Each process may use all ${availableParallelism()} cores:`);
  const reason = separate();
  if (reason === undefined)
    await compare('Client and server share a core, and the relay or the tap has another (taskset):');
  else console.log(`A comparison with a core for the tap alone needs two cores and taskset: ${reason}`);
  const { rss } = await figuresOf(tap);
  console.log(`Memory of the tap: ${(rss / 2 ** 20).toFixed(0)} MiB`);
} finally {
  for (const { child } of [server, relay, tap]) child.disconnect();
}
