import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, startClient, startStep } from '../../test/peers.ts';

describe('step 5, addressed messages', () => {
  test('it can: send "2 hello" to client 2, with the number of the sender', async (t) => {
    const { address, line } = await startStep(t, '5-addressed');
    const sender = await dial(t, address);
    await line(/^client 0 connected/);
    const other = await dial(t, address);
    await line(/^client 1 connected/);
    const addressee = await dial(t, address);
    await line(/^client 2 connected/);
    await sender.send('2 hello\n');
    assert.equal(await addressee.received(/\n/), '0->>hello\n');
    assert.deepEqual([sender.text(), other.text()], ['', '']);
  });
  test('it cannot yet: show a message before the client has typed something', async (t) => {
    const { address, line } = await startStep(t, '5-addressed');
    const typing = startClient(t, '3-errors', address);
    await line(/^client 0 connected/);
    const talking = await dial(t, address);
    await line(/^client 1 connected/);
    await talking.send('0 hello\n');
    talking.socket.end();
    await line(/^client 1 left$/);
    assert.deepEqual(typing.output, []);
    typing.child.stdin.write('0 hm\n');
    await typing.line(/^1->>hello$/);
  });
});
