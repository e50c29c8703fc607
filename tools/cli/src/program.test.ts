import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram } from './testing.ts';

const program = new URL('../test/options.ts', import.meta.url);

async function run(t: { after(cleanUp: () => void): void }, ...args: string[]) {
  const { exit, output, errors } = startProgram(t, program, ...args);
  return { exitStatus: await exit, output: output.join('\n'), errors: errors.join('\n') };
}

describe('the command line of a program', () => {
  test('returns options by their names, defaults, and arguments', async (t) => {
    const { exitStatus, output } = await run(t, '--longest-wait', '2s', 'one', '--name=Ann', '--all', 'two');
    assert.equal(exitStatus, 0);
    assert.deepEqual(JSON.parse(output), {
      longestWait: 2000,
      name: 'Ann',
      tag: ['none'],
      all: true,
      args: ['one', ['two']],
    });
  });
  test('treats negative numbers, a dash, and everything after two dashes as arguments', async (t) => {
    const { output } = await run(t, '-1', '-', '--', '--all', '-x');
    const { all, args } = JSON.parse(output);
    assert.equal(all, false);
    assert.deepEqual(args, ['-1', ['-', '--all', '-x']]);
  });
  test('collects the values of an option that is given several times, if its parser collects them', async (t) => {
    const { output } = await run(t, 'one', '--tag', 'a', '--tag', 'b');
    assert.deepEqual(JSON.parse(output).tag, ['none', 'a', 'b']);
  });
  test('prints with --help the usage, the arguments, the options and their defaults', async (t) => {
    const { exitStatus, output } = await run(t, '--help');
    assert.equal(exitStatus, 0);
    assert.match(output, /^usage: pnpm options \[options\] <first> \[more\.\.\.\]\n\nPrints its options\.\n/);
    assert.match(output, /\n {2}--longest-wait <duration> {2}how long \(default: 1000\)\n/);
  });

  const wrong: [string, string[], RegExp][] = [
    ['an option that is unknown', ['one', '--nmae', 'Ann'], /Unknown option '--nmae'/],
    ['an option without its value', ['one', '--name'], /--name.* argument missing/],
    [
      'a value that its parser refuses',
      ['one', '--longest-wait', 'x'],
      /^--longest-wait <duration>: "x" is not/,
    ],
    ['an argument that is missing', [], /^missing argument <first>/],
  ];
  for (const [what, args, message] of wrong) {
    test(`${what} is wrong usage`, async (t) => {
      const { exitStatus, output, errors } = await run(t, ...args);
      assert.equal(exitStatus, 2);
      assert.equal(output, '');
      assert.match(errors, message);
      assert.match(errors, /\n\(--help shows how\)$/);
    });
  }
});
