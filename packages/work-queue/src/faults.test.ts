// Short runs. The command in the README does the same with 100,000 jobs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { whyNoBroker } from 'cli/broker';
import { run } from '../faults/run.ts';

const JOBS = 600;
const ROUNDS = 4;

for (const [what, broker, skip] of [
  ['in memory, workers are killed and stopped', false, false],
  ['in a broker, servers and the broker are killed as well', true, whyNoBroker() ?? false],
] as const) {
  describe(what, { skip }, () => {
    test('every job is done, each repetition has a reason, no window is exceeded, and a poison job does not stop others', async () => {
      const { done, violations } = await run({ jobs: JOBS, broker, rounds: ROUNDS, print: () => {} });
      assert.deepEqual(violations, []);
      assert.equal(done, JOBS);
    });
  });
}
