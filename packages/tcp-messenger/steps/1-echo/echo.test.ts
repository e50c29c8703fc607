import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, startClient, startStep } from '../../test/peers.ts';

describe('step 1, an echo', () => {
  test('it can: send a line back', async (t) => {
    const { address } = await startStep(t, '1-echo');
    const client = startClient(t, '1-echo', address);
    client.child.stdin.end('one\ntwo\n');
    assert.equal(await client.exit, 0);
    assert.deepEqual(client.output, ['one', 'two']);
  });
  test('it cannot yet: answer a second client before the first one has left', async (t) => {
    const { address } = await startStep(t, '1-echo');
    const first = await dial(t, address);
    const second = await dial(t, address);
    await second.send('second\n');
    await first.send('first\n');
    await first.received(/first\n/);
    assert.equal(second.text(), '');
    first.socket.end();
    await second.received(/second\n/);
  });
});
