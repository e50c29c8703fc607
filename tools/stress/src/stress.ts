// `pnpm stress`: makes calls with random endings through grpc-iterables or another library, and counts what went wrong.
import { parseArgs } from 'node:util';
import { developmentCertificates } from 'cli/certificates';
import { attackCalls, attackProcess, type Outcome } from './attack.ts';
import { type Disaster, finallyBound, OVERTAKING_LIMIT } from './judge.ts';
import { longPlans, randomPlans } from './plan.ts';
import { stackNames } from './stacks.ts';
import { type Judged, newTally } from './tally.ts';

const USAGE = `pnpm stress [--calls N] [--seed N] [--against STACK | --client STACK --server STACK]
STACK is one of: ${stackNames.join(', ')}`;
const DISASTERS: Disaster[] = [
  'client killed',
  'server killed',
  'connection cut',
  'connection silent',
  'server shut down',
];
const CALLS_PER_DISASTER = 60;
const EXAMPLES = 2;

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} "${text}" is not a whole number below 10 ** 9\n${USAGE}`);
  process.exit(2);
}

function stackName(side: string, name: string): string {
  if (stackNames.includes(name)) return name;
  console.error(`the ${side} "${name}" is not one of: ${stackNames.join(', ')}\n${USAGE}`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    against: { type: 'string', default: 'ours' },
    client: { type: 'string' },
    server: { type: 'string' },
  },
});
const calls = wholeNumber('calls', values.calls);
const seed = wholeNumber('seed', values.seed);
const pair = {
  client: stackName('client', values.client ?? values.against),
  server: stackName('server', values.server ?? values.against),
};
const bothOurs = pair.client === 'ours' && pair.server === 'ours';
// If both sides are of the same library, all rules apply.
const foreignServer = pair.client === 'ours' && !bothOurs;

const tally = newTally();
/** Calls that went wrong, by their fault. */
const examples = new Map<string, string[]>();
const left: string[] = [];
let openHandlers = 0;
let longestTurn = 0;

function addExample(faults: string, call: Judged): void {
  const alike = examples.get(faults) ?? [];
  examples.set(faults, alike);
  if (alike.length < EXAMPLES) alike.push(JSON.stringify(call));
}

function take({ judged, leftovers }: Outcome): void {
  const turn = Math.max(0, ...leftovers.map(({ longestTurn }) => longestTurn));
  longestTurn = Math.max(longestTurn, turn);
  const rules = { bound: finallyBound(turn), foreignServer };
  for (const call of judged) {
    const faults = tally.add(call, rules);
    if (faults.length > 0) addExample(faults.join(', '), call);
  }
  for (const { openCalls, unhandledRejections, resources } of leftovers) {
    openHandlers += openCalls;
    if (unhandledRejections > 0) left.push(`${unhandledRejections} unhandled rejections`);
    left.push(...resources);
  }
}

function progress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${calls} calls `);
}

console.log(`${pair.client} calls ${pair.server}: ${calls} calls, --seed ${seed}`);
const started = performance.now();
const plans = randomPlans(calls, seed);
if (bothOurs) {
  // Half of them over mutual TLS.
  const pem = await developmentCertificates();
  const of = (name: string) => ({ ca: pem.ca ?? '', cert: pem[name] ?? '', key: pem[`${name}-key`] ?? '' });
  const half = Math.ceil(calls / 2);
  take(await attackCalls(pair, plans.slice(0, half), undefined, progress));
  take(
    await attackCalls(pair, plans.slice(half), { server: of('server'), client: of('client') }, (done) =>
      progress(half + done),
    ),
  );
} else {
  take(await attackCalls(pair, plans, undefined, progress));
}
// One round of disasters for each ten thousand calls, and at least one.
const rounds = Math.max(1, Math.round(calls / 10_000));
for (let round = 0; round < rounds; round++) {
  for (const [index, disaster] of DISASTERS.entries()) {
    const number = round * DISASTERS.length + index;
    const plans = longPlans(CALLS_PER_DISASTER, seed + number, calls + number * CALLS_PER_DISASTER);
    take(await attackProcess(pair, plans, disaster, ((seed + number) * 37) % 150));
  }
}

console.log(tally.table());
if (openHandlers > 0) left.push(`${openHandlers} handlers`);
console.log(`left open at the end: ${left.length === 0 ? 'nothing' : left.join(', ')}`);
for (const [faults, calls] of examples)
  for (const call of calls) console.log(`for example ${faults}: ${call}`);
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
console.log(`longest turn of an event loop: ${longestTurn.toFixed(0)} ms`);
const { overtaken = 0, ...others } = tally.total().faults;
const faults = Object.values(others).reduce((sum, count) => sum + count, 0);
const inexcusable = longestTurn > OVERTAKING_LIMIT ? 0 : overtaken;
// A grpc-js handler that waits for 'drain' waits forever after a cancel. This is not the client's fault either.
const inexcusablyLeft = left.length > (foreignServer && openHandlers > 0 ? 1 : 0);
if (pair.client === 'ours' && (faults + inexcusable > 0 || inexcusablyLeft)) process.exitCode = 1;
