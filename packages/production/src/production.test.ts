import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';
import { connect, StatusError } from 'grpc-iterables';
import { BidirectionalStreamServer, Health } from 'proto';
import { tokenCredentials } from '../auth/token-credentials.ts';
import { issue } from './issuer.ts';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

describe('the programs', () => {
  test('show each concern, and no token is in what they print', async (t) => {
    const { address, output, errors } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address);
    assert.equal(await run.exit, 0, run.errors.join('\n'));
    const demo = JSON.parse(await readFile(new URL('../demo.json', import.meta.url), 'utf8'));
    assert.deepEqual(run.output, demo.output);
    // Every JWT begins with this: `{"` in base64.
    assert.doesNotMatch([...output, ...errors, ...run.output, ...run.errors].join('\n'), /eyJ/);
  });

  test('on SIGTERM the server says NOT_SERVING, ends Watch, lets the open stream finish, and exits with 0', async (t) => {
    const { address, child, exit } = await startServer(t, server, '--notice', '100ms');
    const health = connect(Health, address);
    const callCredentials = tokenCredentials(() => issue('Ann', 'roots', 60));
    const roots = connect(BidirectionalStreamServer, address, { callCredentials });
    let last = () => {};
    const asked = new Promise<void>((resolve) => {
      last = resolve;
    });
    async function* numbers() {
      yield { number: 4 };
      await asked;
      yield { number: 9 };
    }
    const stream = roots.sqrt(numbers());
    assert.equal((await stream.next()).value?.sqrt, 2);
    const watch = health.watch({ service: 'stream.BidirectionalStreamServer' });
    const said = [(await watch.next()).value?.status];
    child.kill('SIGTERM');
    for await (const { status } of watch) said.push(status);
    assert.deepEqual(said, ['SERVING', 'NOT_SERVING']);
    last();
    assert.equal((await stream.next()).value?.sqrt, 3);
    assert.equal((await stream.next()).done, true);
    assert.equal(await exit, 0);
    await Promise.all([health.close(), roots.close()]);
  });

  test('a client without a server gives up with UNAVAILABLE', async (t) => {
    const gone = await startServer(t, server);
    gone.child.kill('SIGKILL');
    await gone.exit;
    const run = startProgram(t, client, '--address', gone.address);
    assert.equal(await run.exit, 1);
    assert.match(
      run.errors.join(),
      /^UNAVAILABLE: no server at .*; start one with "pnpm production:server"$/,
    );
  });

  test('a strange token is refused by the running server', async (t) => {
    const { address } = await startServer(t, server);
    const callCredentials = tokenCredentials(async () => ({ token: 'e30.e30.e30', expiresIn: 60 }));
    const roots = connect(BidirectionalStreamServer, address, { callCredentials });
    await assert.rejects(roots.sqrt([{ number: 4 }]).next(), (error) => {
      assert.ok(error instanceof StatusError);
      return /not a signed JWT|algorithm/.test(error.details);
    });
    void roots.close();
  });
});
