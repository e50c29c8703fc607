// How much of a server's memory open streams of Watch use: `tsx packages/production/health/test/many-watchers.ts 10000`.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect, type Middleware, type ServerContext, serve } from 'grpc-iterables';
import { Health } from 'proto';
import { healthOf } from '../health.ts';

/** What `serve` allows in one connection. */
const IN_ONE_CONNECTION = 1000;
const [count = '10000', address] = process.argv.slice(2);

/** Opens the streams, and ends with its connections when its parent says so. */
async function watch(server: string): Promise<void> {
  const clients = Array.from({ length: Math.ceil(Number(count) / IN_ONE_CONNECTION) }, () =>
    connect(Health, server),
  );
  const streams = Array.from({ length: Number(count) }, (_, index) =>
    clients[index % clients.length]?.watch({ service: 'shop.Orders' }),
  );
  await Promise.all(streams.map((stream) => stream?.next()));
  process.send?.('open');
  await Promise.all(streams.map((stream) => stream?.next()));
  process.send?.('changed');
  await once(process, 'message');
  process.exit();
}

async function measure(): Promise<void> {
  let open = 0;
  let empty = () => {};
  const counting: Middleware<ServerContext> = async function* (call, next) {
    open++;
    try {
      yield* next(call);
    } finally {
      if (--open === 0) empty();
    }
  };
  const health = healthOf([], Number(count));
  const server = await serve([health.service], { middleware: [counting] });
  const before = usedMemory();
  const child = fork(fileURLToPath(import.meta.url), [count, server.address], { execArgv: process.execArgv });
  await once(child, 'message');
  console.log(`${Math.round((usedMemory() - before) / Number(count))} bytes for each of ${open} streams`);
  const said = performance.now();
  health.set('shop.Orders', 'SERVING');
  await once(child, 'message');
  console.log(`all got a change in ${Math.round(performance.now() - said)} ms`);
  const emptied = new Promise<void>((resolve) => {
    empty = resolve;
  });
  child.send('leave');
  await emptied;
  console.log(`${open} left after their connections ended`);
  await server.shutdown();
}

/** All memory of the process after a garbage collection, in bytes. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().rss;
}

if (address === undefined) await measure();
else await watch(address);
