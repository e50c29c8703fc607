// Each trap is tested twice: grpc-js must still have the fault, so that we notice when it is fixed, and grpc-iterables must
// not have it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { traps } from './all.ts';
import type { Outcome } from './trap.ts';
import { SURELY, until } from './until.ts';

const nodeMajor = Number(process.versions.node.split('.')[0]);

/** What was opened since `before` and keeps the process alive: sockets, timers, children. */
function openSince(before: string[]): string[] {
  const known = [...before];
  return process.getActiveResourcesInfo().filter((resource) => {
    const index = known.indexOf(resource);
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
}

async function leavingNothing(run: () => Promise<Outcome>): Promise<Outcome> {
  const before = process.getActiveResourcesInfo();
  const outcome = await run();
  await until(() => openSince(before).length === 0, SURELY);
  assert.deepEqual(openSince(before), [], 'it left something open');
  return outcome;
}

for (const { name, title, fixedInNode, bare, ours } of traps) {
  describe(name, () => {
    test(`bare grpc-js: ${title}`, async () => {
      const outcome = await leavingNothing(bare);
      const fixed = fixedInNode !== undefined && nodeMajor >= fixedInNode;
      assert.equal(
        outcome.wrong > 0,
        !fixed,
        `${fixed ? 'it is back' : 'it has been fixed'}: ${JSON.stringify(outcome)}`,
      );
    });
    test('grpc-iterables does not have this fault', async () => {
      const outcome = await leavingNothing(ours);
      assert.equal(outcome.wrong, 0, JSON.stringify(outcome));
      assert.ok(outcome.of > 0);
    });
  });
}
