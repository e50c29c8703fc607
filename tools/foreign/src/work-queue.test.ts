import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listening, startProgram, startServer } from 'cli/testing';
import { startPython, whyNoPython } from './python.ts';

const program = (name: string) => new URL(`../../../packages/work-queue/src/${name}.ts`, import.meta.url);
const skip = whyNoPython() ?? false;

describe('Python and the work queue', { skip }, () => {
  test('a Python worker does jobs, fails one until it is dead, and learns when its answers are stored', async (t) => {
    const { address } = await startServer(t, program('server'), '--attempts', '2');
    const add = startPython(t, 'client', address, 'add', 'one', 'two', 'bad');
    assert.equal(await add.exit, 0);
    // Two jobs that are done, and two attempts at the third one.
    const worker = startPython(t, 'client', address, 'work', '1', '4');
    assert.equal(await worker.exit, 0);
    assert.deepEqual(worker.output.filter((line) => line.includes('attempt')).sort(), [
      'bad: bad, attempt 1',
      'bad: bad, attempt 2',
      'one: one, attempt 1',
      'two: two, attempt 1',
    ]);
    assert.equal(worker.output[0], 'window');
    assert.equal(worker.output.at(-1), 'all answers are stored');
    const dead = startProgram(t, program('dead-letters'), '--address', address);
    assert.equal(await dead.exit, 0);
    assert.deepEqual(dead.output, ['bad: bad (failed 2 times: it is bad)']);
  });
  test('a Python producer on the default port adds its jobs twice, and our worker does each once', async (t) => {
    const { address } = await listening(startProgram(t, program('server')));
    assert.equal(address, '127.0.0.1:8088');
    const added = [
      startPython(t, 'client', address, 'add', 'one', 'two'),
      startPython(t, 'client', address, 'add', 'one', 'two'),
    ];
    assert.deepEqual(await Promise.all(added.map(({ exit }) => exit)), [0, 0]);
    assert.deepEqual(added.flatMap(({ output }) => output).sort(), [
      'added 2, repeated 0',
      'added 2, repeated 2',
    ]);
    const worker = startProgram(t, program('worker'));
    await worker.line(/^two: two$/);
    worker.child.kill('SIGINT');
    assert.equal(await worker.exit, 0);
    assert.deepEqual(worker.output.sort(), ['one: one', 'two: two']);
  });
});
