import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, startStep } from '../../test/peers.ts';

describe('step 4, numbered clients', () => {
  test('it can: give each client a number that no other client gets', async (t) => {
    const { address, line } = await startStep(t, '4-numbered');
    const first = await dial(t, address);
    await line(/^client 0 connected, 1 in all$/);
    const second = await dial(t, address);
    await line(/^client 1 connected, 2 in all$/);
    second.socket.end();
    await line(/^client 1 left$/);
    const third = await dial(t, address);
    await line(/^client 2 connected, 2 in all$/);
    await first.send('one\n');
    await third.send('three\n');
    assert.equal(await first.received(/\n/), '0->>one\n');
    assert.equal(await third.received(/\n/), '2->>three\n');
  });
  test('it cannot yet: see two lines in one packet', async (t) => {
    const { address } = await startStep(t, '4-numbered');
    const client = await dial(t, address);
    await client.send('one\ntwo\n');
    assert.equal(await client.received(/two\n/), '0->>one\ntwo\n');
  });
});
