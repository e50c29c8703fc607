import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, flood, startClient, startStep } from '../../test/peers.ts';

describe('step 3, errors', () => {
  test('it can: keep the other clients when a connection breaks', async (t) => {
    const { address, line } = await startStep(t, '3-errors');
    const breaking = await dial(t, address);
    const other = await dial(t, address);
    await breaking.send('here\n');
    await breaking.received(/here/);
    breaking.socket.resetAndDestroy();
    await line(/^client lost: read ECONNRESET$/);
    await other.send('still here\n');
    await other.received(/still here\n/);
  });
  test('it can: say that its port is in use', async (t) => {
    const { address } = await startStep(t, '3-errors');
    const second = startStep(t, '3-errors', '--port', address.split(':')[1] ?? '');
    await assert.rejects(second, /cannot listen: listen EADDRINUSE/);
  });
  test('it can: a client says why it ends', async (t) => {
    const server = await startStep(t, '3-errors');
    const client = startClient(t, '3-errors', server.address);
    client.child.stdin.write('one\n');
    await client.line(/one/);
    server.child.kill('SIGKILL');
    await server.exit;
    client.child.stdin.write('two\n');
    assert.equal(await client.exit, 1);
    assert.match(client.errors.join('\n'), /^the server closed the connection$|ECONNRESET|EPIPE/);
    const nobody = startClient(t, '3-errors', server.address);
    assert.equal(await nobody.exit, 1);
    assert.match(nobody.errors.join('\n'), /ECONNREFUSED/);
  });
  test('it cannot yet: limit the memory for a client that reads nothing', async (t) => {
    const { address } = await startStep(t, '3-errors');
    const greedy = await dial(t, address, { paused: true });
    assert.equal(await flood(greedy, Buffer.alloc(2 ** 20, 'x'), 100), 100);
  });
});
