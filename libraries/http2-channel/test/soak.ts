// Many calls on one channel, and the memory that they leave. As a program: `tsx test/soak.ts CALLS CANCELS`.
import { fileURLToPath } from 'node:url';
import { startServer } from './bytes-server.ts';
import { described, openCall, openChannel, outcome } from './calls.ts';
import { heapUsed } from './heap.ts';

const AT_ONCE = 50;

interface TestContext {
  after(cleanUp: () => void): void;
}

export async function soak(t: TestContext, { calls, cancels }: { calls: number; cancels: number }) {
  const { address } = await startServer(t);
  const channel = openChannel(t as Parameters<typeof openChannel>[0], address);
  const endings: Record<string, number> = {};

  async function repeat(times: number, call: () => Promise<string>): Promise<number> {
    let left = times;
    const before = await heapUsed();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) {
          const ending = await call();
          endings[ending] = (endings[ending] ?? 0) + 1;
        }
      }),
    );
    return (await heapUsed()) - before;
  }

  let turn = 0;
  async function cancelled(): Promise<string> {
    const call = openCall(channel, 'Download', { requests: [Buffer.from('50 1000')], reads: 0 });
    for (let turns = turn++ % 4; turns > 0; turns--) await new Promise(setImmediate);
    call.call.cancelWithStatus(1, 'enough');
    return described(await call.status);
  }

  const unary = () => outcome(channel, 'Unary');
  // Warm up: what is made only once, also by the compiler, is made now.
  await repeat(1000, unary);
  await repeat(500, cancelled);
  const result = { called: await repeat(calls, unary), cancelled: await repeat(cancels, cancelled), endings };
  await channel.close();
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [calls = 200_000, cancels = 100_000] = process.argv.slice(2).map(Number);
  console.log(await soak({ after() {} }, { calls, cancels }));
  process.exit();
}
