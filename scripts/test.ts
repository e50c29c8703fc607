// `pnpm test`: runs every *.test.ts of the workspace, or those whose path holds one of the arguments.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { GROUPS, root } from './workspace.ts';

function testsBelow(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return entry.name === 'node_modules' ? [] : testsBelow(`${folder}/${entry.name}`);
    return entry.name.endsWith('.test.ts') ? [`${folder}/${entry.name}`] : [];
  });
}

// Only against a test that hangs; in milliseconds.
const HANG_GUARD = 240_000;

const wanted = process.argv.slice(2);
const tests = ['proto', ...GROUPS, 'scripts', 'docs', 'exercises']
  .flatMap(testsBelow)
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)));
if (tests.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=2',
    `--test-timeout=${HANG_GUARD}`,
    ...tests,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
