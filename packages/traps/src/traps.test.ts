// Each trap is still there, so that we notice when grpc-js mends it, and we are not in it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { traps } from './all.ts';

const nodeMajor = Number(process.versions.node.split('.')[0]);

for (const { name, title, mendedInNode, bare, ours } of traps) {
  describe(name, () => {
    test(`bare grpc-js: ${title}`, async () => {
      const { wrong } = await bare();
      const mended = mendedInNode !== undefined && nodeMajor >= mendedInNode;
      assert.equal(wrong > 0, !mended, mended ? 'it is back' : 'it has been mended');
    });
    test('grpc-iterables does not fall into it', async () => {
      const { wrong } = await ours();
      assert.equal(wrong, 0);
    });
  });
}
