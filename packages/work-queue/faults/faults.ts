// `pnpm faults:queue`: 100,000 jobs, while workers, servers and the broker are killed at random. `--jobs 1000 --rounds 4` for less.
import { parseArgs } from 'node:util';
import { run } from './run.ts';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '100' },
    memory: { type: 'boolean', default: false },
  },
});

const { done, seconds, duplicates, faults, revived, mostAtATime, violations } = await run({
  jobs: Number(values.jobs),
  broker: !values.memory,
  rounds: Number(values.rounds),
  print: console.log,
});
const list = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([what, count]) => `  ${what.padEnd(48)} ${count}`)
    .sort()
    .join('\n');

console.log(`${done} of ${values.jobs} jobs done in ${seconds.toFixed(0)} s
killed or stopped:
${list(faults)}
done again, because:
${list(duplicates)}
put back from the dead letters                     ${revived}
most jobs in a worker at a time                    ${mostAtATime}
violations                                         ${violations.length}`);
for (const violation of violations.slice(0, 20)) console.log(`  ${violation}`);
process.exitCode = violations.length > 0 ? 1 : 0;
