// `pnpm faults:queue`: 100,000 jobs, while workers, servers and the broker are killed at random. `--jobs 1000 --rounds 4` for less.
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import { run } from './run.ts';

const { options } = program(
  'pnpm faults:queue',
  'Works on jobs while workers, servers and the broker are killed.',
)
  .option('--jobs <number>', 'how many jobs', parseWholeNumber, 100_000)
  .option('--rounds <number>', 'how many kills', parseWholeNumber, 100)
  .option('--memory', 'one server that keeps the jobs in memory, and no broker')
  .parse();

const { done, seconds, duplicates, faults, revived, mostAtATime, violations } = await run({
  jobs: options.jobs,
  broker: !options.memory,
  rounds: options.rounds,
  print: console.log,
});
const list = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([what, count]) => `  ${what.padEnd(48)} ${count}`)
    .sort()
    .join('\n');

console.log(`${done} of ${options.jobs} jobs done in ${seconds.toFixed(0)} s
killed or stopped:
${list(faults)}
done again, because:
${list(duplicates)}
put back from the dead letters                     ${revived}
most jobs in a worker at a time                    ${mostAtATime}
violations                                         ${violations.length}`);
for (const violation of violations.slice(0, 20)) console.log(`  ${violation}`);
process.exitCode = violations.length > 0 ? 1 : 0;
