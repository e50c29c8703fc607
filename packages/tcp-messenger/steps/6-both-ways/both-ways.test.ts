import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dial, startClient, startStep } from '../../test/peers.ts';

describe('step 6, both ways at once', () => {
  test('it can: show a message at once', async (t) => {
    const { address } = await startStep(t, '6-both-ways');
    const listening = startClient(t, '6-both-ways', address);
    await listening.line(/^you are client 0$/);
    const talking = startClient(t, '6-both-ways', address);
    await talking.line(/^you are client 1$/);
    talking.child.stdin.write('0 hello\n');
    await listening.line(/^1->>hello$/);
    listening.child.stdin.write('1 hello yourself\n');
    await talking.line(/^0->>hello yourself$/);
    for (const client of [listening, talking]) client.child.stdin.end();
    assert.deepEqual(await Promise.all([listening.exit, talking.exit]), [0, 0]);
  });
  test('it can: end the client when the server ends, even if nothing is typed', async (t) => {
    const server = await startStep(t, '6-both-ways');
    const client = startClient(t, '6-both-ways', server.address);
    await client.line(/you are client 0/);
    server.child.kill();
    assert.equal(await client.exit, 1);
    assert.deepEqual(client.errors, ['the server closed the connection']);
  });
  test('it cannot yet: join a line, or a character, that comes in two packets', async (t) => {
    const { address } = await startStep(t, '6-both-ways');
    const listening = await dial(t, address);
    await listening.received(/you are client 0/);
    const talking = await dial(t, address);
    await talking.send('0 one ');
    await listening.received(/1->>one /);
    await talking.send('two\n');
    const accented = await dial(t, address);
    const line = Buffer.from('0 caf\u00e9\n');
    await accented.send(line.subarray(0, -2));
    await listening.received(/2->>caf/);
    await accented.send(line.subarray(-2));
    const last = await dial(t, address);
    await last.send('0 end');
    assert.equal(await listening.received(/end/), 'you are client 0\n1->>one 2->>caf\ufffd3->>end');
  });
});
