import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCommand } from './testing.ts';

test('a program that a test starts prints without colours, in a terminal too', async (t) => {
  const before = process.env.FORCE_COLOR;
  // What the test runner does in a terminal.
  process.env.FORCE_COLOR = '1';
  t.after(() => {
    if (before === undefined) delete process.env.FORCE_COLOR;
    else process.env.FORCE_COLOR = before;
  });
  const run = startCommand(t, process.execPath, ['-e', 'console.log(2)']);
  assert.equal(await run.exit, 0);
  assert.deepEqual(run.output, ['2']);
  assert.deepEqual(run.errors, []);
});
