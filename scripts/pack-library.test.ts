import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { packLibrary, withPackedLinks } from './pack-library.ts';

describe('a packed library', () => {
  test('has a README whose links lead to files of the package, to the other library, or to the web', () => {
    const kept =
      '[changes](CHANGELOG.md#one) [above](#top) [web](https://grpc.io) [other](../http2-channel/README.md#options)';
    assert.equal(withPackedLinks(kept, ['CHANGELOG.md']), kept);
    const lost = 'see [`serve`](src/serve.ts) and [the chapter](../../tools/stress/README.md)';
    assert.equal(withPackedLinks(lost, ['dist/serve.js']), 'see `serve` and the chapter');
  });
  test('holds the README, the changelog, the licence, JavaScript and its types', () => {
    const tarball = packLibrary('http2-channel');
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    for (const file of [
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'package.json',
      'dist/index.js',
      'dist/index.d.ts',
    ])
      assert.ok(files.includes(`package/${file}`), file);
    assert.ok(!files.some((file) => file.includes('test')));
  });
});
