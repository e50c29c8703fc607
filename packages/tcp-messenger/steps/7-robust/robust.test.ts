import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { startCommand } from 'cli/testing';
import { dial, flood, startClient, startStep } from '../../test/peers.ts';

const start = (t: Parameters<typeof startStep>[0], ...args: string[]) => startStep(t, '7-robust', ...args);

/** A client that knows its number. Numbers begin at 0. */
async function enter(...args: Parameters<typeof dial>) {
  const peer = await dial(...args);
  if (!args[2]?.paused) await peer.received(/you are client \d+\n/);
  return peer;
}

describe('step 7, robust: the server can', () => {
  test('read lines, wherever the packets are cut', async (t) => {
    const { address } = await start(t);
    const listening = await enter(t, address);
    const talking = await enter(t, address);
    const bytes = Buffer.from('0 one\n0 caf\u00e9\r\n0 two three\n');
    for (const byte of bytes) await talking.send(Buffer.of(byte));
    await talking.send(bytes);
    const heard = await listening.received(/(two three\n.*){2}/s);
    const lines = ['1->>one', '1->>caf\u00e9', '1->>two three'];
    assert.deepEqual(heard.trimEnd().split('\n'), ['you are client 0', ...lines, ...lines]);
  });
  for (const [what, line, answer] of [
    ['without a number', 'hello', /^error format message: "2 hello" says/m],
    ['without a text', '0 ', /^error format message: "2 hello" says/m],
    ['with control characters', '0 \u001b[2J', /^error format message: "2 hello" says/m],
    ['over 250 bytes', `0 ${'x'.repeat(249)}`, /^error format message: a line has at most 250 bytes$/m],
    ['for a client that does not exist', '7 hello', /^client 7 is closed$/m],
  ] as const) {
    test(`refuse a line ${what}, and keep the connection`, async (t) => {
      const { address } = await start(t);
      const client = await enter(t, address);
      await client.send(`${line}\n`);
      await client.received(answer);
      await client.send('0 still here\n');
      await client.received(/^0->>still here$/m);
    });
  }
  test('say that a client is closed after it left or its connection broke', async (t) => {
    const { address, line } = await start(t);
    const client = await enter(t, address);
    const leaving = await enter(t, address);
    const breaking = await enter(t, address);
    leaving.socket.end();
    await line(/^client 1 left$/);
    breaking.socket.resetAndDestroy();
    await line(/^client 2 lost: read ECONNRESET$/);
    await client.send('1 hello\n2 hello\n');
    await client.received(/client 1 is closed\nclient 2 is closed\n/);
  });
  test('deliver the last lines to a client that has finished typing', async (t) => {
    const { address } = await start(t);
    const client = await enter(t, address);
    client.socket.end('0 last words\nand no end');
    await client.ended;
    assert.match(client.text(), /0->>last words\nerror format message: the last line has no end\n$/);
  });
  test('make senders wait for a client that stopped reading, cut it off, and use little memory', async (t) => {
    const { address, line, child } = await start(t, '--cut-off', '500ms');
    await enter(t, address, { paused: true });
    await line(/^client 0 connected/);
    const talking = await enter(t, address);
    const lines = Buffer.from(`0 ${'x'.repeat(240)}\n`.repeat(4000));
    const flooding = flood(talking, lines, 20);
    await line(/^client 0 lost: read too little for 0.5 s$/);
    await talking.received(/client 0 is closed/);
    assert.equal(await flooding, 20);
    const resident = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    assert.ok(Number(resident) < 200_000, `${resident} kB`);
    await talking.send('1 still here\n');
    await talking.received(/1->>still here/);
  });
  test('keep a client that reads slowly, and report each line that was not delivered to it', async (t) => {
    const MESSAGES = 60_000;
    const { address, line, output } = await start(t, '--patience', '100ms');
    const slow = await enter(t, address, { paused: true });
    await line(/^client 0 connected/);
    const talking = await enter(t, address);
    // The first line is the client's number. All others are messages.
    let delivered = -1;
    let look = () => {};
    const reading = setInterval(() => {
      const chunk: Buffer = slow.socket.read() ?? Buffer.alloc(0);
      delivered += chunk.reduce((lines, byte) => lines + Number(byte === 0x0a), 0);
      look();
    }, 10);
    t.after(() => clearInterval(reading));
    void flood(talking, Buffer.from(`0 ${'x'.repeat(240)}\n`.repeat(MESSAGES / 20)), 20).then(() =>
      talking.send('1 done\n'),
    );
    const told = await talking.received(/^1->>done$/m);
    const refused = told.match(/^client 0 reads too slowly, not delivered$/gm) ?? [];
    await new Promise<void>((resolve) => {
      look = () => delivered + refused.length === MESSAGES && resolve();
      look();
    });
    assert.ok(refused.length > 0);
    assert.ok(!output.some((text) => text.startsWith('client 0 lost')));
  });
  test('cut off a client that does not read the answers to its own lines', async (t) => {
    const { address, line } = await start(t, '--cut-off', '500ms');
    const greedy = await enter(t, address, { paused: true });
    await line(/^client 0 connected/);
    const taken = await flood(greedy, Buffer.from('0 echo\n'.repeat(150_000)), 100);
    assert.ok(taken < 100, `${taken} MB taken`);
    await line(/^client 0 lost/);
  });
  const noProc = process.platform !== 'linux' && 'only Linux lists the timers of its connections';
  test('notice that a client vanished: keepalive is on', { skip: noProc }, async (t) => {
    const { address } = await start(t);
    await enter(t, address);
    const port = Number(address.split(':')[1]).toString(16).toUpperCase().padStart(4, '0');
    const connections = (await readFile('/proc/net/tcp', 'utf8'))
      .split('\n')
      .map((row) => row.trim().split(/\s+/));
    const [established] = connections.filter((row) => row[1]?.endsWith(`:${port}`) && row[3] === '01');
    // https://docs.kernel.org/networking/proc_net_tcp.html: 02 is a timer of keepalive.
    assert.match(established?.[5] ?? '', /^02:/);
  });
  test('shut down: each client gets the lines that wait, then the end, and the program exits with 0', async (t) => {
    const server = await start(t);
    const typing = startClient(t, '7-robust', server.address);
    await typing.line(/you are client 0/);
    const idle = await enter(t, server.address);
    server.child.kill('SIGTERM');
    assert.equal(await server.exit, 0);
    await idle.ended;
    assert.equal(await typing.exit, 1);
    assert.deepEqual(typing.errors, [`${server.address}: the server closed the connection`]);
  });
  test('serve a thousand clients at once', async (t) => {
    const { address, line } = await start(t);
    const peers = [];
    for (let number = 0; number < 1000; number++) peers.push(await enter(t, address));
    for (const [number, peer] of peers.entries()) await peer.send(`${(number + 1) % 1000} hello\n`);
    await Promise.all(
      peers.map((peer, number) => peer.received(new RegExp(`^${(number + 999) % 1000}->>hello$`, 'm'))),
    );
    for (const { socket } of peers) socket.end();
    await line(/^client 999 left$/);
  });
});

describe('step 7, the client', () => {
  test('sends its arguments, prints the answers, and ends', async (t) => {
    const { address } = await start(t);
    const client = startClient(t, '7-robust', address, '0 hello', '5 hello');
    assert.equal(await client.exit, 0);
    assert.deepEqual(client.output, ['you are client 0', '0->>hello', 'client 5 is closed']);
  });
  test('does not send a line that is too long, and continues', async (t) => {
    const { address } = await start(t);
    const client = startClient(t, '7-robust', address, '\u00e9'.repeat(126), '0 ok');
    assert.equal(await client.exit, 0);
    assert.deepEqual(client.errors, ['not sent: over 250 bytes']);
    assert.deepEqual(client.output, ['you are client 0', '0->>ok']);
  });
  test('says that there is no server', async (t) => {
    const client = startClient(t, '7-robust', '127.0.0.1:1');
    assert.equal(await client.exit, 1);
    assert.match(client.errors[0] ?? '', /^127\.0\.0\.1:1: .*ECONNREFUSED/);
  });
  const noNc = spawnSync('nc', ['-h']).error && !process.env.CI ? 'nc is not installed' : false;
  test('exchanges lines with nc', { skip: noNc }, async (t) => {
    const { address, line } = await start(t);
    const [host = '', port = ''] = address.split(':');
    const nc = startCommand(t, 'nc', [host, port]);
    await nc.line(/^you are client 0$/);
    const client = startClient(t, '7-robust', address, '0 hello');
    assert.equal(await client.exit, 0);
    await nc.line(/^1->>hello$/);
    nc.child.kill();
    await line(/^client 0 left$/);
  });
});

test('step 7, robust: the server cannot yet: no sender learns whether its message was read', async (t) => {
  const { address, line } = await start(t);
  const dying = await enter(t, address, { paused: true });
  await line(/^client 0 connected/);
  const talking = await enter(t, address);
  await talking.send('0 important\n1 said\n');
  await talking.received(/1->>said/);
  dying.socket.resetAndDestroy();
  await line(/^client 0 lost/);
  assert.equal(talking.text(), 'you are client 1\n1->>said\n');
});
