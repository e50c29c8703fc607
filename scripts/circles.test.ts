import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';
import { circles, importsOf } from './circles.ts';
import { filesBelow } from './files.ts';
import { root } from './workspace.ts';

test('finds a circle of files that import each other', () => {
  const graph = new Map([
    ['a.ts', ['b.ts', 'd.ts']],
    ['b.ts', ['c.ts']],
    ['c.ts', ['b.ts']],
    ['d.ts', ['c.ts']],
  ]);
  assert.deepEqual(circles(graph), [['b.ts', 'c.ts', 'b.ts']]);
});

test('no files of the workspace import each other in a circle', () => {
  // Generated types follow the messages, which may contain each other.
  const files = filesBelow(root.replace(/\/$/, ''))
    .map((file) => relative(root, file))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('proto/gen/'));
  const graph = importsOf(root, files);
  assert.ok([...graph.values()].flat().length > files.length, 'imports are found');
  assert.deepEqual(circles(graph), []);
});
