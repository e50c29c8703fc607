import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { root } from '../workspace.ts';
import { closingLines, lineOf, skippedText } from './report.ts';
import { runFile } from './run-file.ts';

const HEAD = "import { describe, test } from 'node:test';\n";

function run(t: TestContext, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'run-file-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.test.mjs');
  writeFileSync(file, HEAD + text);
  return runFile(file, root, join(folder, 'notes'));
}

describe('pnpm test', () => {
  test('lists what was skipped, suites too, under the reason, and counts what ran as Node does', async (t) => {
    const result = await run(
      t,
      `test('runs', () => {});
       test('waits for a broker', { skip: 'no broker' }, () => {});
       describe('a room in the broker', { skip: 'no broker' }, () => { test('is open', () => {}); });`,
    );
    assert.equal(result.passed, true);
    assert.match(lineOf(result), /^✔ .*a\.test\.mjs: 2 tests, 2 skipped, [\d.]+ s$/);
    const names = ['waits for a broker', 'a room in the broker'].map(
      (name) => `    ${result.file}: ${name}\n`,
    );
    assert.equal(skippedText([result]), `skipped, and why:\n  no broker\n${names.join('')}`);
    const closing = closingLines([result, result], 1234.5).split('\n');
    assert.deepEqual(
      closing.filter((line) => /tests|pass|fail|skipped|duration/.test(line)),
      ['ℹ tests 4', 'ℹ pass 2', 'ℹ fail 0', 'ℹ skipped 4', 'ℹ duration_ms 1235'],
    );
  });
  test('shows all that a file printed if one of its tests fails', async (t) => {
    const result = await run(
      t,
      `test('adds', () => { console.log('seen'); throw new Error('2 and 2 is 5'); });`,
    );
    assert.equal(result.passed, false);
    assert.match(lineOf(result), /^✖ .*: 1 test,(.|\n)*seen(.|\n)*2 and 2 is 5/);
  });
  for (const [what, text] of [
    ['cannot be loaded', "throw new Error('no such thing');"],
    ['ends its process before its tests are done', "test('quits', () => process.exit(0));"],
  ] as const) {
    test(`fails for a file that ${what}`, async (t) => {
      assert.equal((await run(t, text)).passed, false);
    });
  }
});
