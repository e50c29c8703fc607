import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';
import { powers } from './pow.ts';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

describe('powers', () => {
  test('are exact to the limits of int64', () => {
    assert.deepEqual([...powers(-3n, 4)], [1n, -3n, 9n, -27n]);
    assert.equal([...powers(10n, 19)].at(-1), 1000000000000000000n);
    assert.equal([...powers(-2n, 64)].at(-1), -(2n ** 63n));
  });
  test('stop at the first power that does not fit, with an error that names it', () => {
    const sent: bigint[] = [];
    assert.throws(() => {
      for (const power of powers(2n, 100)) sent.push(power);
    }, /2 \*\* 63 = 9223372036854775808 does not fit int64/);
    assert.equal(sent.length, 63);
  });
  test('of 0, 1 and -1 always fit', () => {
    for (const base of [0n, 1n, -1n]) assert.equal([...powers(base, 1000)].length, 1000);
  });
});

describe('the programs', () => {
  test('print the powers of 2, then "server closed"', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address);
    assert.equal(await run.exit, 0);
    assert.deepEqual(run.output, [
      ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((power) => `Recv data:${power}`),
      'server closed',
    ]);
  });
  test('take a negative base', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '-3', '--count', '3');
    assert.equal(await run.exit, 0);
    assert.deepEqual(run.output, ['Recv data:1', 'Recv data:-3', 'Recv data:9', 'server closed']);
  });
  test('send all powers that fit, and then end with OUT_OF_RANGE', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, '9223372036854775807');
    assert.equal(await run.exit, 1);
    assert.deepEqual(run.output, ['Recv data:1', 'Recv data:9223372036854775807']);
    assert.match(run.errors.join(), /^OUT_OF_RANGE: 9223372036854775807 \*\* 2 = \d+ does not fit int64$/);
  });
  test('refuse a base that is not an int64, with exit status 2', async (t) => {
    const run = startProgram(t, client, '9223372036854775808');
    assert.equal(await run.exit, 2);
    assert.match(run.errors.join(), /"9223372036854775808" is not an int64/);
  });
  test('Ctrl-C in the client cancels the call: exit status 130, and the server stops', async (t) => {
    const { address, line } = await startServer(t, server, '--interval', '50ms');
    const run = startProgram(t, client, '--address', address, '1', '--count', '1000000');
    await run.line(/^Recv data:1$/);
    run.child.kill('SIGINT');
    assert.equal(await run.exit, 130);
    assert.deepEqual(run.errors, ['cancelled']);
    await line(/^cancelled by the client after \d+ powers$/);
  });
  test('--timeout ends a slow stream with DEADLINE_EXCEEDED', async (t) => {
    const { address, line } = await startServer(t, server, '--interval', '1s');
    const run = startProgram(t, client, '--address', address, '--timeout', '500ms');
    assert.equal(await run.exit, 1);
    assert.match(run.errors.join(), /^DEADLINE_EXCEEDED: /);
    await line(/^deadline exceeded after \d+ powers$/);
  });
  test('without a server the client says how to start one', async (t) => {
    const gone = await startServer(t, server);
    gone.child.kill('SIGKILL');
    await gone.exit;
    const run = startProgram(t, client, '--address', gone.address);
    assert.equal(await run.exit, 1);
    assert.deepEqual(run.errors, [
      `UNAVAILABLE: no server at ${gone.address}; start one with "pnpm server-stream:server"`,
    ]);
  });
  test('a port that is in use ends the server with one clear line', async (t) => {
    const { address } = await startServer(t, server);
    const port = address.split(':')[1] ?? '';
    const second = startProgram(t, server, '--port', port);
    assert.equal(await second.exit, 1);
    assert.equal(second.errors.length, 1);
    assert.match(second.errors[0] ?? '', new RegExp(`^port ${port} on 127.0.0.1 is taken`));
  });
  test('SIGTERM ends a server with exit status 0', async (t) => {
    const { child, exit } = await startServer(t, server);
    child.kill('SIGTERM');
    assert.equal(await exit, 0);
  });
});
