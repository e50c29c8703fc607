// Each trap is still there, so that we notice when grpc-js mends it, and we are not in it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { traps } from './all.ts';
import type { Outcome } from './trap.ts';
import { SURELY, until } from './until.ts';

const nodeMajor = Number(process.versions.node.split('.')[0]);

/** What keeps the process alive (sockets, timers, children…) beyond what already did. */
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
  assert.deepEqual(openSince(before), [], 'it left something behind');
  return outcome;
}

for (const { name, title, mendedInNode, bare, ours } of traps) {
  describe(name, () => {
    test(`bare grpc-js: ${title}`, async () => {
      const outcome = await leavingNothing(bare);
      const mended = mendedInNode !== undefined && nodeMajor >= mendedInNode;
      assert.equal(
        outcome.wrong > 0,
        !mended,
        `${mended ? 'it is back' : 'it has been mended'}: ${JSON.stringify(outcome)}`,
      );
    });
    test('grpc-iterables does not fall into it', async () => {
      const outcome = await leavingNothing(ours);
      assert.equal(outcome.wrong, 0, JSON.stringify(outcome));
      assert.ok(outcome.of > 0);
    });
  });
}
