import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';
import type { Test } from '../test/queues.ts';

const program = (name: string) => new URL(`./${name}.ts`, import.meta.url);

async function run(t: Test, name: string, ...args: string[]) {
  const { exit, output, errors } = startProgram(t, program(name), ...args);
  return { exit: await exit, output, errors };
}

describe('the programs', () => {
  test('add jobs, do them with a command, and show what was done', async (t) => {
    const { address } = await startServer(t, program('server'));
    const at = ['--address', address];
    const added = await run(t, 'add-jobs', ...at, 'one', 'two', '--copies', '2');
    assert.deepEqual(added.output, ['added 4 jobs']);
    const worker = startProgram(
      t,
      program('worker'),
      ...at,
      '--parallel',
      '2',
      '--name',
      'ann',
      '--',
      'sh',
      '-c',
      'echo "$(cat)!"',
    );
    await worker.line(/^two!$/);
    const top = startProgram(t, program('top'), ...at, '--interval', '50ms');
    await top.line(/^waiting 0, held 0, dead 0; added 0\.0\/s/);
    top.child.kill('SIGINT');
    assert.equal(await top.exit, 130);
    const once = await run(t, 'top', ...at, '--once');
    assert.match(once.output.join('\n'), /added 4, done 4, failed 0\n\nworker.*\nann +2 +0 +4$/);
    worker.child.kill('SIGTERM');
    assert.equal(await worker.exit, 0);
    assert.deepEqual(worker.output.sort(), ['one!', 'one!', 'two!', 'two!']);
  });
  test('take jobs from standard input, a line each', async (t) => {
    const { address } = await startServer(t, program('server'));
    const worker = startProgram(t, program('worker'), '--address', address);
    const adding = startProgram(t, program('add-jobs'), '--address', address, '-', '--key', 'k');
    adding.child.stdin.write('first\n');
    await worker.line(/: first$/);
    adding.child.stdin.end('second\n');
    await worker.line(/: second$/);
    assert.equal(await adding.exit, 0);
    assert.deepEqual(adding.output, ['added 2 jobs']);
  });
  test('give up after --timeout, while the queue is full', async (t) => {
    const { address } = await startServer(t, program('server'), '--max-mb', '1');
    const adding = await run(t, 'add-jobs', '--address', address, 'x', '--copies', '9999', '--timeout', '3s');
    assert.equal(adding.exit, 1);
    assert.equal(adding.errors.at(-1), 'DEADLINE_EXCEEDED: not all jobs were added');
  });
  test('stop working after --timeout, when the jobs are done', async (t) => {
    const { address } = await startServer(t, program('server'));
    assert.equal((await run(t, 'add-jobs', '--address', address, 'one')).exit, 0);
    const { exit, output } = await run(t, 'worker', '--address', address, '--timeout', '5s', '--', 'cat');
    assert.equal(exit, 0);
    assert.deepEqual(output, ['one']);
  });
  test('show dead letters with their reason, retry and discard them', async (t) => {
    const { address } = await startServer(t, program('server'), '--attempts', '1');
    const at = ['--address', address];
    await run(t, 'add-jobs', ...at, 'bad');
    const worker = startProgram(t, program('worker'), ...at, '--', 'sh', '-c', 'echo "no paper" >&2; exit 3');
    const top = startProgram(t, program('top'), ...at, '--interval', '50ms');
    await top.line(/dead 1;/);
    worker.child.kill('SIGINT');
    assert.equal(await worker.exit, 0);
    const [letter = ''] = (await run(t, 'dead-letters', ...at)).output;
    assert.match(letter, /^[\w-]+: bad \(failed once: no paper\)$/);
    const id = letter.split(':')[0] ?? '';
    assert.deepEqual((await run(t, 'dead-letters', ...at, '--retry', '--', id)).output, [
      '1 back in the queue',
    ]);
    assert.deepEqual((await run(t, 'dead-letters', ...at, '--discard', '--all')).output, ['0 removed']);
    assert.equal((await run(t, 'dead-letters', ...at, '--discard')).exit, 2);
  });
  for (const [what, name, args, message] of [
    ['a window of none', 'worker', ['--parallel', '0'], /"0" is not a whole number from 1/],
    ['a lease that is too short', 'server', ['--lease', '1ms'], /"1ms" is not from 100ms to 10m/],
  ] as const) {
    test(`refuse ${what} with exit status 2`, async (t) => {
      const { exit, errors } = await run(t, name, ...args);
      assert.equal(exit, 2);
      assert.match(errors.join('\n'), message);
    });
  }
});
