// What each middleware costs: `pnpm bench:production`. Server and client are one process.
import { connect, defineService, type Middleware, type ServerContext, serve } from 'grpc-iterables';
import { ClientStream, ServerStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { authenticated } from '../auth/authenticated.ts';
import { tokenCredentials } from '../auth/token-credentials.ts';
import { callsAtOnce } from '../limits/calls-at-once.ts';
import { longestCall } from '../limits/longest-call.ts';
import { messagesASecond } from '../limits/messages-a-second.ts';
import { issue, tokenRules } from '../src/issuer.ts';

const MESSAGES = 50_000;
const CALLS = 1000;
const ROUNDS = 9;

const passed: Middleware<ServerContext> = async function* (call, next) {
  yield* next(call);
};
const permissions = { '/stream.ServerStream/Pow': 'numbers', '/stream.ClientStream/Sum': 'numbers' };
const each: Record<string, Middleware<ServerContext>> = {
  'yield* alone': passed,
  auth: authenticated(tokenRules, permissions),
  'calls at once': callsAtOnce(1000),
  'messages a second': messagesASecond(1e9),
  'longest call': longestCall(600_000),
};
const { 'yield* alone': _, ...real } = each;
const setups: [string, Middleware<ServerContext>[]][] = [
  ['none', []],
  ...Object.entries(each).map(([name, one]): [string, Middleware<ServerContext>[]] => [name, [one]]),
  ['all four', Object.values(real)],
];

const services = [
  defineService<ServerStreamHandlers>(ServerStream.service, {
    *Pow({ number, count }) {
      for (let index = 0; index < count; index++) yield { number };
    },
  }),
  defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      let count = 0;
      for await (const _ of requests) count++;
      return { sum: count };
    },
  }),
];
const callCredentials = tokenCredentials(() => issue('Ann', 'numbers', 3600));

/** Microseconds of a core, which other programs on the machine change less than the time on the clock. */
async function costOf(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Microseconds a response, a request, and a call. */
async function round(middleware: Middleware<ServerContext>[]): Promise<number[]> {
  const server = await serve(services, middleware.length > 0 ? { middleware } : {});
  const powers = connect(ServerStream, server.address, { callCredentials });
  const sums = connect(ClientStream, server.address, { callCredentials });
  function* numbers() {
    for (let data = 0; data < MESSAGES; data++) yield { data };
  }
  const download = await costOf(async () => {
    for await (const _ of powers.pow({ number: 2, count: MESSAGES }));
  });
  const upload = await costOf(async () => {
    await sums.sum(numbers());
  });
  const calls = await costOf(async () => {
    for (let call = 0; call < CALLS; call++) for await (const _ of powers.pow({ number: 2, count: 1 }));
  });
  await Promise.all([server.shutdown(), powers.close(), sums.close()]);
  return [download / MESSAGES, upload / MESSAGES, calls / CALLS];
}

const results = setups.map(() => [[], [], []] as number[][]);
// In turns, so that a slower machine slows down all of them.
for (let turn = 0; turn < ROUNDS; turn++) {
  for (const [index, [, middleware]] of setups.entries()) {
    for (const [kind, value] of (await round(middleware)).entries()) results[index]?.[kind]?.push(value);
  }
}

const median = (values: number[] = []) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const none = results[0]?.map(median) ?? [];
console.log('microseconds           a response   a request     a call');
for (const [index, [name]] of setups.entries()) {
  const cells = (results[index] ?? []).map((values, kind) => {
    const value = median(values) - (index === 0 ? 0 : (none[kind] ?? 0));
    return `${index === 0 ? '' : value < 0 ? '' : '+'}${value.toFixed(kind === 2 ? 0 : 2)}`.padStart(11);
  });
  console.log(name.padEnd(22), cells.join(' '));
}
