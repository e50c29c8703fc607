// `pnpm stress`: attacks grpc-iterables, or another library, with random endings, and counts what went wrong.
import { parseArgs } from 'node:util';
import { developmentCertificates } from 'cli/certificates';
import { attackCalls, attackProcess, type Outcome } from './attack.ts';
import { type Disaster, finallyBound, OVERTAKING_LIMIT } from './judge.ts';
import { longPlans, randomPlans } from './plan.ts';
import { stackNames } from './stacks.ts';
import { newTally } from './tally.ts';

const USAGE = `pnpm stress [--calls N] [--seed N] [--against ${stackNames.join(' | ')}]`;
const DISASTERS: Disaster[] = [
  'client killed',
  'server killed',
  'connection cut',
  'connection silent',
  'server shut down',
];
const CALLS_PER_DISASTER = 60;
const EXAMPLES = 5;

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} "${text}" is not a whole number below 10 ** 9\n${USAGE}`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    against: { type: 'string', default: 'ours' },
  },
});
const calls = wholeNumber('calls', values.calls);
const seed = wholeNumber('seed', values.seed);
if (!stackNames.includes(values.against)) {
  console.error(`--against "${values.against}" is none of: ${stackNames.join(', ')}\n${USAGE}`);
  process.exit(2);
}

const tally = newTally();
const examples: string[] = [];
const left: string[] = [];
let longestTurn = 0;

function take({ judged, leftovers }: Outcome): void {
  const turn = Math.max(0, ...leftovers.map(({ longestTurn }) => longestTurn));
  longestTurn = Math.max(longestTurn, turn);
  const bound = finallyBound(turn);
  for (const call of judged) {
    const faults = tally.add(call, bound);
    if (faults.length > 0 && examples.length < EXAMPLES) examples.push(`${faults}: ${JSON.stringify(call)}`);
  }
  for (const { openCalls, unhandledRejections, resources } of leftovers) {
    if (openCalls > 0) left.push(`${openCalls} open handlers`);
    if (unhandledRejections > 0) left.push(`${unhandledRejections} unhandled rejections`);
    left.push(...resources);
  }
}

function progress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${calls} calls `);
}

console.log(`${values.against}: ${calls} calls, --seed ${seed}`);
const started = performance.now();
const plans = randomPlans(calls, seed);
if (values.against === 'ours') {
  // Half of them over mutual TLS.
  const pem = await developmentCertificates();
  const of = (name: string) => ({ ca: pem.ca ?? '', cert: pem[name] ?? '', key: pem[`${name}-key`] ?? '' });
  const half = Math.ceil(calls / 2);
  take(await attackCalls('ours', plans.slice(0, half), undefined, progress));
  take(
    await attackCalls('ours', plans.slice(half), { server: of('server'), client: of('client') }, (done) =>
      progress(half + done),
    ),
  );
} else {
  take(await attackCalls(values.against, plans, undefined, progress));
}
// One round of disasters for each ten thousand calls, and at least one.
const rounds = Math.max(1, Math.round(calls / 10_000));
for (let round = 0; round < rounds; round++) {
  for (const [index, disaster] of DISASTERS.entries()) {
    const number = round * DISASTERS.length + index;
    const plans = longPlans(CALLS_PER_DISASTER, seed + number, calls + number * CALLS_PER_DISASTER);
    take(await attackProcess(values.against, plans, disaster, ((seed + number) * 37) % 150));
  }
}

console.log(tally.table());
console.log(`left open at the end: ${left.length === 0 ? 'nothing' : left.join(', ')}`);
for (const example of examples) console.log(`for example ${example}`);
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
console.log(`longest turn of an event loop: ${longestTurn.toFixed(0)} ms`);
const { overtaken = 0, ...others } = tally.total().faults;
const faults = Object.values(others).reduce((sum, count) => sum + count, 0);
const inexcusable = longestTurn > OVERTAKING_LIMIT ? 0 : overtaken;
if (values.against === 'ours' && (faults + inexcusable > 0 || left.length > 0)) process.exitCode = 1;
