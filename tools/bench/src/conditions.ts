// `pnpm bench:conditions`: what flow-control windows, compression and a second server process change.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { credentials } from '@grpc/grpc-js';
import { connect, iterableClient, streamingChannelOptions } from 'grpc-iterables';
import { Bench } from 'proto';
import { repeated } from './iterables.ts';
import { startRelay } from './relay.ts';
import { median } from './results.ts';

const REPETITIONS = 5;
const program = fileURLToPath(new URL('./side.ts', import.meta.url));
const servers: ChildProcess[] = [];

async function startServer(): Promise<string> {
  const server = fork(program, ['server', 'ours'], { execArgv: ['--import', 'tsx'] });
  servers.push(server);
  const [{ address }] = await once(server, 'message');
  return address;
}

/** The median of how much of `amount` is done in a millisecond, after one run to warm up. */
async function rate(amount: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const rates: number[] = [];
  for (let round = 0; round < REPETITIONS; round++) {
    const started = performance.now();
    await work();
    rates.push(amount / (performance.now() - started));
  }
  return median(rates);
}

/** A stream over a long line. At most one window of bytes is on its way at a time. */
async function windows(): Promise<void> {
  const DELAY = 10;
  const COUNT = 32;
  const SIZE = 64 * 1024;
  const relay = await startRelay(await startServer(), DELAY);
  console.log(`64 KiB messages down a stream over ${2 * DELAY} ms there and back, MB a second:`);
  for (const kib of [64, 256, 1024, 4096]) {
    await using calls = connect(Bench, relay.address, { window: kib * 1024 });
    const messages = await rate(COUNT, async () => {
      for await (const _ of calls.download({ count: COUNT, size: SIZE }));
    });
    console.log(
      `  window ${String(kib).padStart(4)} KiB  ${((messages * SIZE) / 1000).toFixed(1).padStart(6)}`,
    );
  }
  relay.close();
}

/** Requests of text, with and without gzip. */
async function compression(): Promise<void> {
  const COUNT = 5000;
  const text = Array.from({ length: 16 }, (_, row) => `{"id":${row},"name":"reading","value":${row * 1.7}},`);
  const payload = Buffer.from(text.join('\n'));
  const relay = await startRelay(await startServer(), 0);
  console.log(`requests of ${payload.length} bytes of JSON up a stream:`);
  for (const compression of [undefined, 'gzip'] as const) {
    await using calls = connect(Bench, relay.address, { compression });
    async function* requests() {
      for (let number = 0; number < COUNT; number++) yield { number, payload };
    }
    const before = relay.sent();
    const messages = await rate(COUNT, () => calls.upload(requests()));
    const bytes = (relay.sent() - before) / COUNT / (REPETITIONS + 1);
    console.log(
      `  ${(compression ?? 'identity').padEnd(8)}  ${messages.toFixed(1).padStart(6)} a ms  ${bytes.toFixed(0)} bytes each on the wire`,
    );
  }
  relay.close();
}

/** One client process. It calls one server, or two servers in turn. */
async function processes(): Promise<void> {
  const CALLS = 3000;
  const config = JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] });
  const addresses = [await startServer(), await startServer()];
  console.log('unary calls of one client process, 64 at a time, round_robin:');
  for (const count of [1, 2]) {
    const client = new Bench(`ipv4:${addresses.slice(0, count).join(',')}`, credentials.createInsecure(), {
      ...streamingChannelOptions,
      'grpc.service_config': config,
    });
    const calls = iterableClient(client, Bench.service);
    const made = await rate(CALLS, () => repeated(CALLS, 64, (number) => calls.unary({ number })));
    console.log(`  ${count} server${count > 1 ? 's' : ' '}  ${made.toFixed(1).padStart(5)} a ms`);
    client.close();
  }
}

try {
  await windows();
  await compression();
  await processes();
} finally {
  for (const server of servers) server.disconnect();
}
