// One side of `pnpm bench:memory` as a process of its own: `server SLOW` or `client ADDRESS KIND MESSAGES SLOW`.
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { connect, defineService, serve } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';

/** What a side reports about its memory and its messages. */
export interface MemoryReport {
  listening?: string;
  /** Bytes, before the first call. */
  idle?: number;
  /** The peak, in bytes. */
  peak?: number;
  /** Messages that left the producer of this side while the other side read nothing. */
  queued?: number;
}

const STALL = 1000;
const BREATH = 1000;
const report = (message: MemoryReport) => process.send?.(message);
let produced = 0;

async function* produce(messages: number) {
  for (; produced < messages; produced++) yield { sequence: produced };
}

/** A slow reader. It reads the first message, then nothing for a while. After that it pauses from time to time. */
async function* held<Message>(messages: AsyncIterable<Message>): AsyncGenerator<Message> {
  let count = 0;
  for await (const message of messages) {
    yield message;
    count++;
    if (count === 1) await delay(STALL);
    if (count % BREATH === 0) await nextTurn();
  }
}

async function consume(messages: AsyncIterable<unknown>, slow: boolean): Promise<number> {
  let count = 0;
  for await (const _ of slow ? held(messages) : messages) count++;
  return count;
}

function reportQueue(): void {
  setTimeout(() => report({ queued: produced }), STALL * 0.8);
}

async function runServer(slow: boolean): Promise<void> {
  const service = defineService<StressHandlers>(Stress.service, {
    Unary: (request) => request,
    async *Download({ sequence }) {
      reportQueue();
      yield* produce(sequence);
    },
    Upload: async (requests) => ({ sequence: await consume(requests, slow) }),
    async *Exchange(requests) {
      for await (const { sequence } of slow ? held(requests) : requests) yield { sequence };
    },
  });
  const server = await serve([service], { handleSignals: true });
  report({ listening: server.address, idle: process.memoryUsage.rss() });
  await server.closed;
}

async function runClient(address: string, kind: string, messages: number, slow: boolean): Promise<void> {
  const client = connect(Stress, address);
  await client.unary({});
  report({ idle: process.memoryUsage.rss() });
  if (kind !== 'download') reportQueue();
  let received = messages;
  if (kind === 'download') received = await consume(client.download({ sequence: messages }), slow);
  if (kind === 'upload') received = (await client.upload(produce(messages))).sequence;
  if (kind === 'exchange') received = await consume(client.exchange(produce(messages)), slow);
  if (received !== messages) throw new Error(`${received} of ${messages} messages arrived`);
  void client.close();
}

const [side, ...rest] = process.argv.slice(2);
if (side === 'server') await runServer(rest[0] === 'slow');
else await runClient(rest[0] ?? '', rest[1] ?? '', Number(rest[2]), rest[3] === 'slow');
report({ peak: process.resourceUsage().maxRSS * 1024 });
process.disconnect();
