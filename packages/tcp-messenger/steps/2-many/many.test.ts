import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, startStep } from '../../test/peers.ts';

describe('step 2, many clients', () => {
  test('it can: answer every client while all are connected', async (t) => {
    const { address } = await startStep(t, '2-many');
    const peers = await Promise.all(Array.from({ length: 50 }, () => dial(t, address)));
    for (const [number, peer] of peers.entries()) await peer.send(`line ${number}\n`);
    const lines = await Promise.all(peers.map((peer) => peer.received(/\n/)));
    assert.deepEqual(
      lines,
      peers.map((_, number) => `line ${number}\n`),
    );
  });
  test('it cannot yet: survive a connection that breaks', async (t) => {
    const server = await startStep(t, '2-many');
    const breaking = await dial(t, server.address);
    const other = await dial(t, server.address);
    for (const peer of [breaking, other]) {
      await peer.send('here\n');
      await peer.received(/here/);
    }
    breaking.socket.resetAndDestroy();
    assert.equal(await server.exit, 1);
    assert.match(server.errors.join('\n'), /ECONNRESET/);
    await other.ended;
  });
});
