import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);
const grpcClient = new URL('./grpc-client.ts', import.meta.url);

describe('the programs', () => {
  test('print the replies, over WebSocket and over gRPC alike', async (t) => {
    const { address, line } = await startServer(t, server);
    const [, grpcAddress = ''] = await line(/^Serving gRPC on (\S+)$/);
    for (const run of [
      startProgram(t, client, '--address', address, 'hello', 'world'),
      startProgram(t, grpcClient, '--address', grpcAddress, 'hello', 'world'),
    ]) {
      assert.equal(await run.exit, 0, run.errors.join());
      assert.deepEqual(run.output, ['server reply: hello', 'server reply: world', 'closed']);
    }
  });
  test('let a foreign page in only with --origin', async (t) => {
    const strict = await startServer(t, server);
    const refused = startProgram(t, client, '--address', strict.address, '--origin', 'https://example.org');
    assert.equal(await refused.exit, 1);
    assert.deepEqual(refused.errors, ['Unexpected server response: 403']);
    const open = await startServer(t, server, '--origin', 'https://example.org');
    const accepted = startProgram(t, client, '--address', open.address, '--origin', 'https://example.org');
    assert.equal(await accepted.exit, 0);
  });
  test('say how to start a server if there is none', async (t) => {
    const gone = await startServer(t, server);
    gone.child.kill('SIGKILL');
    await gone.exit;
    const run = startProgram(t, client, '--address', gone.address);
    assert.equal(await run.exit, 1);
    assert.deepEqual(run.errors, [`no server at ${gone.address}; start one with "pnpm websocket:server"`]);
  });
  test('refuse an invalid origin, and a port that is in use', async (t) => {
    const wrong = startProgram(t, server, '--origin', 'example.org');
    assert.equal(await wrong.exit, 2);
    assert.match(wrong.errors.join(), /"example.org" is not an origin such as/);
    const { address } = await startServer(t, server);
    const second = startProgram(t, server, '--port', address.split(':')[1] ?? '');
    assert.equal(await second.exit, 1);
    assert.match(second.errors.join(), /^cannot listen: .*EADDRINUSE/);
  });
  test('end gracefully on SIGTERM', async (t) => {
    const { child, exit, line } = await startServer(t, server);
    await line(/^Serving gRPC/);
    child.kill('SIGTERM');
    assert.equal(await exit, 0);
  });
});
