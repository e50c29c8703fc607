// One side as a process of its own. Its parent says what to do, and gets the record of each call.
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientAccount, Leftovers, ServerAccount } from './account.ts';
import { makeCall } from './calls.ts';
import { plannedHandlers } from './handlers.ts';
import type { Plan } from './plan.ts';
import type { Certificates, Stack } from './stack.ts';
import { stackNamed } from './stacks.ts';

export interface Orders {
  side: 'server' | 'client';
  stack: string;
  certificates?: Certificates;
  /** For a client: where to call, what, and how many calls at once. */
  address?: string;
  plans?: Plan[];
  /** Default: all. */
  concurrency?: number;
}

export type Report =
  | { listening: string }
  /** The first call has reached the server. */
  | { begun: true }
  | { client: ClientAccount }
  | { server: ServerAccount }
  | { done: true }
  | { leftovers: Leftovers };

// How long to wait after a close, in milliseconds. A closed connection takes some turns and a round trip to be gone, or a second
// if the other side is silent. A cancel takes a moment to be sent.
const CLOSING = 1500;
const SENDING = 150;

// Node's http2 server closes a connection in which 1,000 streams were reset at once (CVE-2023-44487). This would end other
// calls as well, and grpc-js has no option for it.
const CALLS_PER_CONNECTION = 500;

const report = (message: Report) => process.send?.(message);
let unhandledRejections = 0;
process.on('unhandledRejection', () => unhandledRejections++);

// These are always open: the channel to the parent, the standard streams, and what every process has.
const ALWAYS = /^(Pipe|TTY|CloseReq|Immediate|PipeConnect|SignalWrap|TickObject)/;
const turns = monitorEventLoopDelay();
turns.enable();

function leftovers(openCalls: number): Leftovers {
  const resources = process.getActiveResourcesInfo().filter((name) => !ALWAYS.test(name));
  return { openCalls, unhandledRejections, resources, longestTurn: turns.max / 1e6 };
}

async function runServer({ stack: name, certificates }: Orders): Promise<void> {
  const stack = stackNamed(name);
  const open = new Set<number>();
  const handlers = plannedHandlers(stack, {
    begin(id) {
      if (open.size === 0) report({ begun: true });
      open.add(id);
    },
    end(account) {
      open.delete(account.id);
      report({ server: account });
    },
  });
  const server = await stack.serve(handlers, certificates);
  process.on('SIGTERM', () => void server.close());
  report({ listening: server.address });
  await once(process, 'message');
  const openCalls = open.size;
  await server.close();
  await delay(CLOSING);
  report({ leftovers: leftovers(openCalls) });
}

/** Makes the calls of one connection, some at a time. */
async function makeCalls(stack: Stack, orders: Orders, plans: Plan[]): Promise<void> {
  const { address = '', certificates, concurrency } = orders;
  const { client, close } = stack.connect(address, certificates);
  const waiting = plans.values();
  async function worker(): Promise<void> {
    for (const plan of waiting) report({ client: await makeCall(stack, client, plan) });
  }
  await Promise.all(Array.from({ length: concurrency ?? plans.length }, worker));
  // If the connection closed right after the last cancel, the server would see a lost connection.
  await delay(SENDING);
  close();
}

async function runClient(orders: Orders): Promise<void> {
  const { stack: name, plans = [] } = orders;
  const stack = stackNamed(name);
  for (let first = 0; first < plans.length; first += CALLS_PER_CONNECTION) {
    await makeCalls(stack, orders, plans.slice(first, first + CALLS_PER_CONNECTION));
  }
  report({ done: true });
  await once(process, 'message');
  await delay(CLOSING);
  report({ leftovers: leftovers(0) });
}

const [orders] = (await once(process, 'message')) as [Orders];
await (orders.side === 'server' ? runServer(orders) : runClient(orders));
process.disconnect();
