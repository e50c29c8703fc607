// `pnpm watch:check`: writers and watchers, while servers are killed and stopped and connections cut, and what they saw compared
// with the promises of a watch. It fails if one was broken.
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import { run } from './run.ts';

const SHOWN = 20;

const { options } = program('pnpm watch:check', 'Checks the promises of a watch under faults.')
  .option('--changes <n>', 'how many changes have to be acknowledged', parseWholeNumber, 100_000)
  .option('--faults <n>', 'how many faults to make meanwhile', parseWholeNumber, 100)
  .option(
    '--seed <n>',
    'the same kinds of faults in the same order',
    parseWholeNumber,
    Date.now() % 1_000_000,
  )
  .option('--broker', 'two servers of a store in NATS; default: one with its store in memory')
  .parse();
const { changes, faults, seed, broker = false } = options;

// Leaves no server behind.
process.once('SIGINT', () => process.exit(130));
console.log(`seed ${seed}`);
const started = performance.now();
const report = await run({ changes, faults, seed, broker });
const list = (counts: Record<string, number>) =>
  Object.entries(counts)
    .sort()
    .map(([name, times]) => `\n    ${String(times).padStart(4)} ${name}`)
    .join('');
console.log(`${report.acknowledged} changes acknowledged, ${report.received} received in ${report.connections} calls of Watch
  faults:${list(report.faults)}
  why watches connected again:${list(report.losses)}
  ${report.violations.length} violations, in ${((performance.now() - started) / 1000).toFixed(0)} seconds`);
for (const { promise, text } of report.violations.slice(0, SHOWN)) console.log(`  ${promise}: ${text}`);
if (report.violations.length > 0) process.exitCode = 1;
