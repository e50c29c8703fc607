import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { listening, startProgram, startServer } from 'cli/testing';
import { defineService, StatusError } from 'grpc-iterables';
import { Messanger } from 'proto';
import type { Chat } from 'proto/gen/messanger/Chat';
import type { MessangerHandlers } from 'proto/gen/messanger/Messanger';
import type { StartChannelRequest } from 'proto/gen/messanger/StartChannelRequest';
import { connect, handSent, start, type Test } from '../test/programs.ts';
import { messangerProto, plainHandlers } from '../test/proxied.ts';

const messanger = new URL('./messanger-server.ts', import.meta.url);
const proxy = new URL('./proxy-server.ts', import.meta.url);
const both = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

async function startRow(t: Test, ...proxyOptions: string[]) {
  const server = await startServer(t, messanger);
  const front = await startServer(t, proxy, '--to', server.address, ...proxyOptions);
  return {
    server,
    front,
    act: (...args: string[]) => startProgram(t, client, '--address', front.address, ...args),
    direct: (...args: string[]) => startProgram(t, client, '--direct', '--address', server.address, ...args),
  };
}

async function demoOutput(): Promise<string[]> {
  return JSON.parse(await readFile(new URL('../demo.json', import.meta.url), 'utf8')).output;
}

describe('the programs', () => {
  test('print the tour, through the proxy and directly', async (t) => {
    const { act, direct } = await startRow(t);
    for (const start of [act, direct]) {
      const run = start();
      assert.equal(await run.exit, 0, run.errors.join());
      assert.deepEqual(run.output, await demoOutput());
    }
  });
  test('print the tour through a proxy that decodes no message', async (t) => {
    const { act, front } = await startRow(t, '--proto', messangerProto);
    const run = act('--direct');
    assert.equal(await run.exit, 0, run.errors.join());
    assert.deepEqual(run.output, await demoOutput());
    assert.match(front.output[0] ?? '', /^Passing \/messanger.Messanger\/GetInfo, .* on to 127/);
  });
  test('let two chat, one through the proxy and one directly, until each ends its input', async (t) => {
    const { act, direct } = await startRow(t);
    const ann = act('chat', '8', 'Ann');
    await ann.line(/^joined$/);
    const bob = direct('chat', '8', 'Bob');
    await bob.line(/^joined$/);
    ann.child.stdin.write('Tea?\n');
    await bob.line(/^Ann: Tea\?$/);
    bob.child.stdin.write('With milk\n');
    await ann.line(/^Bob: With milk$/);
    for (const run of [ann, bob]) {
      run.child.stdin.end();
      assert.equal(await run.exit, 0);
      assert.equal(run.output.at(-1), 'left');
    }
  });
  test('print messages of others without control characters', async (t) => {
    const { server, direct } = await startRow(t);
    const bob = direct('chat', '8', 'Bob');
    await bob.line(/^joined$/);
    const evil = handSent<Chat>();
    const messages = connect(t, server.address).joinChat(evil.requests);
    evil.send({ info: { idChannel: 8 } });
    evil.send({ name: '\u001b]0;owned\u0007Eve', text: 'a\r\n\u001b[2JAnn: b\u009b2J\u202e' });
    messages.next().catch(() => {});
    await bob.line(/Eve/);
    assert.equal(bob.output.at(-1), '\ufffd]0;owned\ufffdEve: a \ufffd[2JAnn: b\ufffd2J\ufffd');
    const author = handSent<StartChannelRequest>();
    connect(t, server.address)
      .startChannel(author.requests)
      .catch(() => {});
    author.send({ info: { idChannel: 9, title: 'x\nCHAT 1 "y"' } });
    const info = direct('info', '9');
    assert.equal(await info.exit, 0);
    assert.deepEqual(info.output, ['CHANNEL 9 "x CHAT 1 "y""']);
  });
  test('print the error of a server without control characters', async (t) => {
    const service = defineService<MessangerHandlers>(Messanger.service, {
      ...plainHandlers,
      async GetInfo() {
        throw new StatusError(status.NOT_FOUND, '\u001b[2Jno\nsuch');
      },
    });
    const { address } = await start(t, service);
    const info = startProgram(t, client, '--direct', '--address', address, 'info');
    assert.equal(await info.exit, 1);
    assert.deepEqual(info.errors, ['NOT_FOUND: \ufffd[2Jno such']);
  });
  test('show a listener that its author was killed', async (t) => {
    const { act } = await startRow(t);
    const author = act('start', '7', 'News');
    await author.line(/^open$/);
    assert.equal(await act('info', 'news').exit, 0);
    const listener = act('join', '7');
    await listener.line(/^joined$/);
    author.child.stdin.write('It rains\n');
    await listener.line(/^It rains$/);
    author.child.kill('SIGKILL');
    assert.equal(await listener.exit, 1);
    assert.deepEqual(listener.errors, ['ABORTED: the author of channel 7 was lost']);
  });
  test('cancel on Ctrl-C, and the others in the chat continue', async (t) => {
    const { act } = await startRow(t);
    const ann = act('chat', '8', 'Ann');
    await ann.line(/^joined$/);
    const bob = act('chat', '8', 'Bob');
    await bob.line(/^joined$/);
    ann.child.kill('SIGINT');
    assert.equal(await ann.exit, 130);
    bob.child.stdin.end('Still here\n');
    assert.equal(await bob.exit, 0);
  });
  test('say where the server should be when it is missing', async (t) => {
    const { address } = await startServer(t, proxy, '--to', '127.0.0.1:1');
    const run = startProgram(t, client, '--address', address, 'info');
    assert.equal(await run.exit, 1);
    assert.match(run.errors.join(), /^UNAVAILABLE: upstream 127\.0\.0\.1:1: .*connection refused/);
  });
  test('pass on what the server refuses', async (t) => {
    const { act } = await startRow(t);
    const run = act('join', '99');
    assert.equal(await run.exit, 1);
    assert.deepEqual(run.errors, ['NOT_FOUND: no channel 99 is open']);
  });
  test('end when they are asked to, even with open connections', async (t) => {
    const { act, server, front } = await startRow(t);
    const listener = act('chat', '8', 'Ann');
    await listener.line(/^joined$/);
    listener.child.stdin.end();
    assert.equal(await listener.exit, 0);
    const alone = await startServer(t, both);
    for (const { child, exit } of [front, server, alone]) {
      child.kill('SIGTERM');
      assert.equal(await exit, 0);
    }
  });
  test('use the ports of the contract by default', async (t) => {
    const server = await listening(startProgram(t, messanger));
    const front = await listening(startProgram(t, proxy));
    assert.deepEqual([server.address, front.address], ['127.0.0.1:10000', '127.0.0.1:10001']);
    for (const args of [[], ['--direct']]) {
      const run = startProgram(t, client, ...args);
      assert.equal(await run.exit, 0, run.errors.join());
      assert.deepEqual(run.output, await demoOutput());
    }
  });
  test('exit with 2 on wrong usage, and say what is correct', async (t) => {
    const { address } = await startServer(t, both);
    for (const [run, reason] of [
      [startProgram(t, client, '--address', address, 'dance'), /no act "dance"; there are: tour, info/],
      [startProgram(t, client, '--address', address, 'join', 'x'), /"x" is not the number of a channel/],
      [startProgram(t, proxy, '--to', 'nowhere'), /"nowhere" is not an address such as/],
      [startProgram(t, proxy, '--proto', 'no.proto'), /cannot use no.proto/],
    ] as const) {
      assert.equal(await run.exit, 2);
      assert.match(run.errors.join('\n'), reason);
    }
  });
});
