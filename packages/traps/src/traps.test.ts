// Each trap is still there, so that we notice when grpc-js mends it, and we are not in it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { traps } from './all.ts';

for (const { name, title, bare, ours } of traps) {
  describe(name, () => {
    test(`bare grpc-js: ${title}`, async () => {
      const { wrong } = await bare();
      assert.ok(wrong > 0, 'grpc-js has mended it');
    });
    test('grpc-iterables does not fall into it', async () => {
      const { wrong } = await ours();
      assert.equal(wrong, 0);
    });
  });
}
