import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../tools/cli/src/environment.ts';
import { partsOf } from './docs-path.ts';
import { chapterPages, exercisesFolder, findExercises, startCheck } from './exercises.ts';
import { root } from './workspace.ts';

const exercises = findExercises();
const program = fileURLToPath(new URL('./exercise.ts', import.meta.url));

async function check(name: string, file: string) {
  const child = startCheck(name, file, 'pipe');
  assert.ok(child.stdout);
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { exitCode, output, tests: Number(/^ℹ tests (\d+)$/m.exec(output)?.[1]) };
}

// A starting point spends most of its time waiting for something that never happens.
describe('the exercise', { concurrency: 4 }, () => {
  for (const { name, chapter, task } of exercises) {
    test(`${name}: the solution passes, the starting point fails`, async () => {
      const solution = await check(name, 'solution.ts');
      assert.equal(solution.exitCode, 0, solution.output);
      assert.ok(solution.tests > 0);
      const start = await check(name, 'start.ts');
      assert.equal(start.exitCode, 1, start.output);
      assert.equal(start.tests, solution.tests, 'it fails in its tests, and not before');
      assert.match(task, /\.$/);
      const page = chapterPages().get(chapter);
      assert.ok(page, `"${chapter}" is a chapter`);
      const text = readFileSync(`${root}${page}`, 'utf8');
      assert.ok(text.includes(`exercises/README.md#${name})`), `${page} links to the exercise`);
    });
  }
});

function exercise(...args: string[]) {
  const run = spawnSync(process.execPath, ['--import', 'tsx', program, ...args], {
    encoding: 'utf8',
    env: plainEnvironment(),
  });
  return { ...run, lines: run.stdout.trimEnd().split('\n') };
}

describe('pnpm exercise', () => {
  test('lists the exercises in the order of the chapters', () => {
    const { status, lines } = exercise();
    assert.equal(status, 0);
    const listed = lines.filter((line) => !line.startsWith(' '));
    const chapters = [...chapterPages().keys()].filter((chapter) =>
      exercises.some((one) => one.chapter === chapter),
    );
    assert.deepEqual(listed, chapters);
    assert.equal(lines.length, chapters.length + exercises.length);
  });
  test('runs a solution', () => {
    const { status, lines } = exercise('window', '--solution');
    assert.equal(status, 0);
    assert.equal(lines.at(-1), 'the solution passes');
  });
  test('refuses an unknown name', () => {
    const { status, stderr } = exercise('no-such-exercise');
    assert.equal(status, 2);
    assert.match(stderr, /there is no exercise "no-such-exercise"/);
  });
  test("makes the reader's file from the starting point, and never overwrites it", (t) => {
    const yours = `${exercisesFolder}/window/yours.ts`;
    if (existsSync(yours)) return t.skip('exercises/window/yours.ts exists already');
    t.after(() => rmSync(yours));
    assert.equal(exercise('window').status, 1);
    assert.equal(readFileSync(yours, 'utf8'), readFileSync(`${exercisesFolder}/window/start.ts`, 'utf8'));
    copyFileSync(`${exercisesFolder}/window/solution.ts`, yours);
    const { status, lines } = exercise('window');
    assert.equal(status, 0);
    assert.equal(lines.at(-1), 'solved');
  });
});

test('each chapter of the first five parts has an exercise', () => {
  const pages = [...chapterPages()];
  const parts = partsOf(readFileSync(`${root}README.md`, 'utf8')).slice(0, 5);
  for (const { path } of parts.flatMap((part) => part.chapters)) {
    const [name] = pages.find(([, page]) => page === path) ?? [];
    assert.ok(
      exercises.some(({ chapter }) => chapter === name),
      `${path} has an exercise`,
    );
  }
});

test('every folder of the exercises is explained', () => {
  const page = readFileSync(`${exercisesFolder}/README.md`, 'utf8');
  for (const { name } of exercises) assert.match(page, new RegExp(`^### ${name}$`, 'm'));
});
