import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

describe('the programs', () => {
  test('print the sum of 0 to 9', async (t) => {
    const { address, line } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address);
    assert.equal(await run.exit, 0);
    assert.deepEqual(run.output, ['sum: 45']);
    await line(/^sum of 10 numbers: 45$/);
  });
  test('add int64s exactly, and refuse a sum that does not fit int64', async (t) => {
    const { address } = await startServer(t, server);
    const exact = startProgram(t, client, '--address', address, '9223372036854775807', '-1');
    const tooLarge = startProgram(t, client, '--address', address, '9223372036854775807', '1');
    assert.equal(await exact.exit, 0);
    assert.deepEqual(exact.output, ['sum: 9223372036854775806']);
    assert.equal(await tooLarge.exit, 1);
    assert.deepEqual(tooLarge.errors, ['OUT_OF_RANGE: the sum 9223372036854775808 does not fit int64']);
  });
  test('the sum of an empty stream is 0', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-');
    run.child.stdin.end();
    assert.equal(await run.exit, 0);
    assert.deepEqual(run.output, ['sum: 0']);
  });
  test('a line that is not an int64 cancels the call, and nothing is summed', async (t) => {
    const { address, line, output } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-');
    run.child.stdin.write('1\n2\n3\nfour\n5\n');
    assert.equal(await run.exit, 2);
    assert.deepEqual(run.output, []);
    assert.match(run.errors.join(), /^line 4: "four" is not an int64/);
    await line(/^cancelled after \d+ numbers, nothing summed$/);
    assert.ok(!output.some((text) => text.startsWith('sum of')));
  });
  test('numbers are streamed from standard input as they arrive, a hundred thousand of them', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-');
    run.child.stdin.end(Array.from({ length: 100_000 }, (_, index) => `${index + 1}\n`).join(''));
    assert.equal(await run.exit, 0);
    assert.deepEqual(run.output, ['sum: 5000050000']);
  });
  test('a client that is killed is never summed', async (t) => {
    const { address, line, output } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-');
    // Many numbers at once, so that the client is still sending when it is killed.
    run.child.stdin.write(Array.from({ length: 50_000 }, (_, index) => `${index}\n`).join(''), () =>
      run.child.kill('SIGKILL'),
    );
    await run.exit;
    // The server logs nothing for a client that was killed before its call. The next client shows that its log is complete.
    const next = startProgram(t, client, '--address', address, '7');
    assert.equal(await next.exit, 0);
    await line(/^sum of 1 numbers: 7$/);
    assert.deepEqual(
      output.filter((text) => text.startsWith('sum of')),
      ['sum of 1 numbers: 7'],
    );
  });
});
