import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { brokenPath, partsOf } from './docs-path.ts';
import { root } from './workspace.ts';

const PAGES: Record<string, string> = {
  'README.md': `# Front door

## The chapters

### 1. Begin

| chapter | what you learn | minutes |
| --- | --- | --- |
| [One](docs/one.md) | to begin | 5 |

### 2. Go on

| chapter | what you learn | minutes |
| --- | --- | --- |
| [Two](two/README.md) | more | 5 |
| [Three](two/THREE.md) | all | 5 |

## Elsewhere

| page | minutes |
| --- | --- |
| [Not a chapter](other.md) | 5 |
`,
  'docs/one.md': '# One\n\nNext: [two](../two/README.md#start), the second.\n',
  'two/README.md': '# Two\n\nNext: a word in the text.\n\nNext: [three](THREE.md).\n',
  'two/THREE.md': '# Three\n\nNext: [exercises](../exercises/README.md).\n',
};

/** What is wrong with a path in which everything is right except for one replacement. */
async function faultsWith(t: TestContext, page: string, from: string, to: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'path-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(PAGES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path === page ? text.replace(from, to) : text);
  }
  return brokenPath(folder);
}

describe('the path through the chapters', () => {
  test('has no faults if each chapter links to the next one', async (t) => {
    assert.deepEqual(await faultsWith(t, 'README.md', '', ''), []);
  });
  test('fails if a chapter has no line "Next:"', async (t) => {
    assert.deepEqual(await faultsWith(t, 'docs/one.md', 'Next:', 'Then:'), [
      'docs/one.md: has no line "Next: …" with a link to two/README.md',
    ]);
  });
  test('fails if a chapter links to another one than the next', async (t) => {
    assert.deepEqual(await faultsWith(t, 'two/README.md', 'THREE.md', '../docs/one.md'), [
      'two/README.md: its line "Next: …" links to docs/one.md instead of two/THREE.md',
    ]);
  });
  test('fails if the last chapter does not lead back', async (t) => {
    assert.deepEqual(await faultsWith(t, 'two/THREE.md', '../exercises/README.md', '../docs/one.md'), [
      'two/THREE.md: its line "Next: …" links to docs/one.md instead of README.md or exercises/README.md',
    ]);
  });
  test('fails if a chapter does not exist', async (t) => {
    assert.deepEqual(await faultsWith(t, 'README.md', 'two/THREE.md', 'two/FOUR.md'), [
      'two/README.md: its line "Next: …" links to two/THREE.md instead of two/FOUR.md',
      'README.md: the path leads to two/FOUR.md, which does not exist',
    ]);
  });
  test('has six parts on the front door, and a chapter in each', async () => {
    const parts = partsOf(await readFile(`${root}README.md`, 'utf8'));
    assert.equal(parts.length, 6);
    for (const { title, chapters } of parts) assert.ok(chapters.length > 0, title);
  });
});
