// Three servers under load: one is killed, one is added, one is drained. Counts the outcome of each call.
//
//   pnpm exec tsx packages/production/balance/test/rolling-restart.ts --calls 20000
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Metadata, status } from '@grpc/grpc-js';
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import { connect, StatusError } from 'grpc-iterables';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
import { balanced } from '../balanced.ts';

const AT_ONCE = 20;
const { options } = program(
  'tsx packages/production/balance/test/rolling-restart.ts',
  'Counts calls while each server is restarted.',
)
  .option('--calls <number>', 'how many calls', parseWholeNumber, 20_000)
  .parse();
const total = options.calls;

/** How often each call was completed by a server, and how many by each. */
const ledger = new Map<string, number>();
const byServer = new Map<string, number>();
const servers = new Map<string, ChildProcess>();

async function start(host: string, port: number): Promise<number> {
  const program = new URL('./rolling-restart-server.ts', import.meta.url);
  const server = fork(program, [host, String(port)], { execArgv: ['--import', 'tsx'] });
  servers.set(host, server);
  const [received] = await once(server, 'message');
  server.on('message', ({ completed, by }: { completed: string; by: string }) => {
    ledger.set(completed, (ledger.get(completed) ?? 0) + 1);
    byServer.set(by, (byServer.get(by) ?? 0) + 1);
  });
  return received.port;
}

const port = await start('127.0.0.1', 0);
await Promise.all([start('127.0.0.2', port), start('127.0.0.3', port)]);
let addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];
const channel = balanced([`numbers:${port}`], { resolve: async () => addresses, refresh: 100 });
const clients = {
  powers: connect(ServerStream, channel),
  sums: connect(ClientStream, channel),
  roots: connect(BidirectionalStreamServer, channel),
};

type Phase = 'before' | 'killed' | 'added' | 'drained';
let phase: Phase = 'before';
const failures: { phase: Phase; error: StatusError }[] = [];
const completed: string[] = [];
let wrong = 0;

/** Requests with a turn of the event loop between them, as those of real sources have. */
async function* requests(count: number) {
  for (let number = 1; number <= count; number++) {
    await new Promise(setImmediate);
    yield { data: number, number };
  }
}

/** Makes call number `id`; resolves with whether the answer is right. */
async function call(id: number): Promise<boolean> {
  const metadata = new Metadata();
  metadata.set('call', String(id));
  const count = 1 + (id % 20);
  if (id % 3 === 0)
    return (await clients.sums.sum(requests(count), { metadata })).sum === String((count * (count + 1)) / 2);
  let received = 0;
  const responses =
    id % 3 === 1
      ? clients.powers.pow({ number: 1, count }, { metadata })
      : clients.roots.sqrt(requests(count), { metadata });
  for await (const _ of responses) received++;
  return received === count;
}

let next = 0;
async function worker(): Promise<void> {
  for (let id = next++; id < total; id = next++) {
    try {
      if (!(await call(id))) wrong++;
      completed.push(String(id));
    } catch (error) {
      failures.push({ phase, error: error as StatusError });
    }
    step();
  }
}

let steps: Promise<void> | undefined;
/** What happens to the servers, at a quarter, a half and three quarters of the calls. */
function step(): void {
  const share = completed.length / total;
  if (phase === 'before' && share >= 0.25) {
    phase = 'killed';
    servers.get('127.0.0.1')?.kill('SIGKILL');
  } else if (phase === 'killed' && share >= 0.5) {
    phase = 'added';
    steps = start('127.0.0.4', port).then(() => {
      addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
    });
  } else if (phase === 'added' && share >= 0.75) {
    phase = 'drained';
    servers.get('127.0.0.2')?.kill('SIGTERM');
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, worker));
await steps;
// Calls continue until the drained server has ended and the added one has work.
const drained = servers.get('127.0.0.2');
while (drained?.exitCode === null || !byServer.has('127.0.0.4')) {
  if (await call(next)) completed.push(String(next));
  next++;
}
await channel.close();
for (const server of servers.values()) if (server.connected) server.disconnect();

const count = (matches: boolean[]) => matches.filter(Boolean).length;
const lost = count(completed.map((id) => !ledger.has(id)));
const doubled = count([...ledger.values()].map((times) => times > 1));
const killed = count(failures.map((failure) => failure.phase === 'killed' && isUnavailable(failure.error)));
console.log(`${completed.length} calls completed, ${failures.length} failed, ${AT_ONCE} at once`);
console.log(
  `${killed} failed with UNAVAILABLE when their server was killed, ${failures.length - killed} otherwise`,
);
console.log(`${lost} completed calls lost, ${doubled} doubled, ${wrong} wrong`);
for (const [server, calls] of [...byServer].sort()) console.log(`${server}: ${calls}`);
for (const { phase, error } of failures)
  if (!(phase === 'killed' && isUnavailable(error))) console.log(phase, error);
process.exitCode = lost + doubled + wrong + failures.length - killed > 0 ? 1 : 0;

function isUnavailable(error: unknown): boolean {
  return error instanceof StatusError && error.code === status.UNAVAILABLE;
}
