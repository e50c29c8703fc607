// `pnpm test`: runs every *.test.ts of the workspace, or those whose path holds one of the arguments.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { filesBelow } from './files.ts';
import { closingLines, lineOf, skippedText } from './test/report.ts';
import { type FileResult, runFile } from './test/run-file.ts';
import { GROUPS, root } from './workspace.ts';

const wanted = process.argv.slice(2);
// The longest are in the first folders, so that none of them runs alone at the end.
const tests = ['docs', 'scripts', 'exercises', 'proto', ...GROUPS]
  .flatMap((folder) => filesBelow(`${root}${folder}`))
  .map((file) => relative(root, file))
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
if (tests.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(2);
}

// Tests wait more than they compute.
const AT_ONCE = availableParallelism() + 1;
const MINUTES = 9;
const all = wanted.length === 0 ? `, about ${MINUTES} minutes on two cores` : '';
console.log(`${tests.length} test files, ${AT_ONCE} at a time${all}; a line for each as it ends`);

const started = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'test-'));
const results: FileResult[] = [];
const waiting = tests.entries();
async function runWaiting(): Promise<void> {
  for (const [index, file] of waiting) {
    const result = await runFile(file, root, join(folder, String(index)));
    results.push(result);
    console.log(
      `${String(results.length).padStart(String(tests.length).length)}/${tests.length} ${lineOf(result)}`,
    );
  }
}
try {
  await Promise.all(Array.from({ length: AT_ONCE }, runWaiting));
} finally {
  await rm(folder, { recursive: true });
}

const failed = results.filter(({ passed }) => !passed);
console.log(`\n${skippedText(results)}${closingLines(results, performance.now() - started)}`);
for (const { file } of failed) console.log(`✖ ${file}`);
if (failed.length > 0) process.exitCode = 1;
