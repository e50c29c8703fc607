// `pnpm bench:wire`: what the tap costs. Streams of 64 KiB messages, in turns: without anything between client and
// server, with a plain relay, and with the tap. Only the ratios count, because they come from one run.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from 'cli/environment';
import { program } from 'cli/program';
import { connect } from 'grpc-iterables';
import { Bench } from 'proto';

const { options } = program('pnpm bench:wire', 'Compares streams with and without the tap.')
  .option('--rounds <n>', 'how often each is measured', Number, 7)
  .option('--size <bytes>', 'of each message', Number, 64 * 1024)
  .option('--count <n>', 'messages in a stream', Number, 2000)
  .parse();
const { rounds, size, count } = options;

interface Figures {
  readonly events: number;
  readonly rss: number;
  readonly cpu: NodeJS.CpuUsage;
}

const children: ChildProcess[] = [];

async function start(file: string, ...args: string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.push(child);
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    const [, address] = /Serving .* on (\S+)\n/.exec(text) ?? [];
    if (address !== undefined) return { child, address };
  }
  throw new Error(`${file} ended before it served`);
}

async function figuresOf(child: ChildProcess): Promise<Figures> {
  child.send('figures');
  const [figures] = (await once(child, 'message')) as [Figures];
  return figures;
}

/** Milliseconds for a stream from the server to the client, and one back. */
async function measure(address: string): Promise<number> {
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

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

try {
  const server = await start('./server.ts', '--port', '0');
  const relay = await start('./between.ts', 'relay', server.address);
  const tap = await start('./between.ts', 'tap', server.address);
  const ways = { direct: server, 'plain relay': relay, tap };
  const times: Record<string, number[]> = { direct: [], 'plain relay': [], tap: [] };
  for (const { address } of Object.values(ways)) await measure(address);
  const before = await Promise.all([relay, tap].map(({ child }) => figuresOf(child)));
  for (let round = 0; round < rounds; round++)
    for (const [way, { address }] of Object.entries(ways)) times[way]?.push(await measure(address));
  const after = await Promise.all([relay, tap].map(({ child }) => figuresOf(child)));

  const mebibytes = (2 * count * size) / 2 ** 20;
  for (const [way, all] of Object.entries(times))
    console.log(`${way.padEnd(12)} ${((mebibytes / median(all)) * 1000).toFixed(0).padStart(6)} MiB/s`);
  for (const [name, over] of [
    ['with the tap / without', 'direct'],
    ['with the tap / with a plain relay', 'plain relay'],
  ] as const) {
    const ratios = (times[over] ?? []).map((time, round) => time / (times.tap?.[round] ?? time));
    console.log(`${name}: ${median(ratios).toFixed(2)} of the speed`);
  }
  for (const [index, name] of ['plain relay', 'tap'].entries()) {
    const [from, to] = [before[index], after[index]];
    if (!from || !to) continue;
    const cpu = (to.cpu.user + to.cpu.system - from.cpu.user - from.cpu.system) / 1000;
    const each = (cpu / (mebibytes * rounds)).toFixed(2);
    console.log(
      `${name}: ${each} ms of processor time for each MiB, ${(to.rss / 2 ** 20).toFixed(0)} MiB of memory`,
    );
  }
} finally {
  for (const child of children) child.kill('SIGKILL');
}
