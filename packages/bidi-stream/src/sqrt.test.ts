import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';
import { squareRoot } from './sqrt.ts';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

describe('squareRoot', () => {
  test('refuses negative numbers and NaN only', () => {
    assert.equal(squareRoot(0), 0);
    assert.equal(squareRoot(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
    assert.throws(() => squareRoot(-0.5), /-0.5 has no square root/);
    assert.throws(() => squareRoot(Number.NaN), /NaN has no square root/);
  });
});

describe('the programs', () => {
  test('print the square roots of 0 to 9, then "Server Closed"', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address);
    assert.equal(await run.exit, 0);
    assert.equal(run.output.length, 11);
    assert.deepEqual(run.output.slice(2, 4), [
      'Recv Data:1.4142135623730951',
      'Recv Data:1.7320508075688772',
    ]);
    assert.equal(run.output.at(-1), 'Server Closed');
  });
  test('answer each line before the next line is typed', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-');
    for (const root of [2, 3, 4]) {
      run.child.stdin.write(`${root * root}\n`);
      await run.line(new RegExp(`^Recv Data:${root}$`));
    }
    run.child.stdin.end();
    assert.equal(await run.exit, 0);
    assert.deepEqual(run.output, ['Recv Data:2', 'Recv Data:3', 'Recv Data:4', 'Server Closed']);
  });
  test('a negative number ends the stream with an error that names the number and its position', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '4', '-1', '9');
    assert.equal(await run.exit, 1);
    assert.deepEqual(run.output, ['Recv Data:2']);
    assert.deepEqual(run.errors, ['INVALID_ARGUMENT: number 2 of the stream: -1 has no square root']);
  });
  test('if the server is killed, the client ends with UNAVAILABLE', async (t) => {
    const { address, child } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-');
    run.child.stdin.write('4\n');
    await run.line(/^Recv Data:2$/);
    child.kill('SIGKILL');
    assert.equal(await run.exit, 1);
    assert.match(run.errors.join(), /^UNAVAILABLE: /);
  });
});
