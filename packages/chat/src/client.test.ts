import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { startProgram, startServer } from 'cli/testing';
import { defineService, StatusError, serve } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { ServicesHandlers } from 'proto/gen/chatserver/Services';
import type { Test } from '../test/rooms.ts';

const program = (side: string) => new URL(`./${side}.ts`, import.meta.url);

function startClient(t: Test, address: string, ...args: string[]) {
  const client = startProgram(t, program('client'), '--address', address, ...args);
  return { ...client, type: (line: string) => void client.child.stdin.write(`${line}\n`) };
}

/** A client with a name that is in the chat. */
async function enter(t: Test, address: string, name: string) {
  const client = startClient(t, address, '--name', name);
  await client.line(/^\* joined as \w+$/);
  return client;
}

describe('people', () => {
  test('talk, list the members, and leave', async (t) => {
    const { address } = await startServer(t, program('server'));
    const ann = await enter(t, address, 'Ann');
    const bob = await enter(t, address, 'Bob');
    await ann.line(/^\* arrived: Bob$/);
    ann.type('hello');
    await bob.line(/^Ann: hello$/);
    bob.type('hello yourself');
    await ann.line(/^Bob: hello yourself$/);
    ann.type('/who');
    await ann.line(/^\* here: (Ann, Bob|Bob, Ann)$/);
    ann.type('/quit');
    await bob.line(/^\* left: Ann$/);
    bob.child.stdin.end();
    assert.deepEqual(await Promise.all([ann.exit, bob.exit]), [0, 0]);
  });
  test('have commands, and a line that looks like a command is not sent', async (t) => {
    const { address } = await startServer(t, program('server'));
    const ann = await enter(t, address, 'Ann');
    const bob = await enter(t, address, 'Bob');
    ann.type('/help');
    await ann.line(/^\* \/who lists who is there, \/quit leaves/);
    ann.type('/nosuch thing');
    await ann.line(/^\* no command \/nosuch; \/help lists them, and nothing was sent$/);
    ann.type('//etc is a folder');
    await bob.line(/^Ann: \/etc is a folder$/);
    assert.deepEqual(
      bob.output.filter((line) => line.startsWith('Ann:')),
      ['Ann: /etc is a folder'],
    );
  });
  test('are asked for their name', async (t) => {
    const { address } = await startServer(t, program('server'));
    const bob = await enter(t, address, 'Bob');
    const asked = startClient(t, address);
    asked.type('Ann');
    await asked.line(/^\* joined/);
    asked.type('hello');
    await bob.line(/^Ann: hello$/);
  });
  test('with the same name are shown with different codes', async (t) => {
    const { address } = await startServer(t, program('server'));
    const bob = await enter(t, address, 'Bob');
    const ann = await enter(t, address, 'Ann');
    ann.type('first');
    await bob.line(/^Ann: first$/);
    const other = await enter(t, address, 'Ann');
    other.type('second');
    await bob.line(/^Ann \(\w{8}\): second$/);
  });
  test('cannot control the terminals of others', async (t) => {
    const { address } = await startServer(t, program('server'));
    const bob = await enter(t, address, 'Bob');
    const ann = await enter(t, address, 'Ann');
    ann.type('\u001b[2Jgone');
    await bob.line(/^Ann: \ufffd\[2Jgone$/);
  });
  test('find each other again after a restart, and lines typed in the meantime are not lost', async (t) => {
    const first = await startServer(t, program('server'));
    const ann = await enter(t, first.address, 'Ann');
    const bob = await enter(t, first.address, 'Bob');
    first.child.kill('SIGKILL');
    await first.exit;
    await ann.line(/^\* lost: .*; trying again$/);
    ann.type('still there?');
    const port = first.address.split(':')[1] ?? '';
    await startServer(t, program('server'), '--port', port);
    await bob.line(/^Ann: still there\?$/);
    ann.type('good');
    await bob.line(/^Ann: good$/);
    assert.equal(bob.output.filter((line) => line === 'Ann: still there?').length, 1);
    for (const { output } of [ann, bob]) {
      assert.equal(output.filter((line) => line.startsWith('* lost')).length, 1);
      assert.ok(output.some((line) => line.startsWith('* this is a new room')));
    }
  });
  test('see the reason when they are refused', async (t) => {
    const { address } = await startServer(t, program('server'));
    const refused = startClient(t, address, '--name', 'x'.repeat(41));
    assert.equal(await refused.exit, 1);
    assert.match(
      refused.errors.join('\n'),
      /^INVALID_ARGUMENT: name has 41 characters, at most 40 are allowed/,
    );
  });
  test('see no control characters from the status of a server', async (t) => {
    const hostile = defineService<ServicesHandlers>(ChatServices.service, {
      // biome-ignore lint/correctness/useYield: it only fails
      async *ChatService() {
        throw new StatusError(status.INVALID_ARGUMENT, '\u001b[2J\u0007\nBob: hi');
      },
    });
    const server = await serve([hostile]);
    t.after(() => server.shutdown());
    const ann = startClient(t, server.address, '--name', 'Ann');
    assert.equal(await ann.exit, 1);
    assert.deepEqual(ann.errors, ['INVALID_ARGUMENT: \ufffd[2J\ufffd Bob: hi']);
  });
  test('see a message when there is no chat', async (t) => {
    const lost = startClient(t, '127.0.0.1:1', '--name', 'Ann');
    assert.equal(await lost.exit, 1);
    assert.match(lost.errors.join('\n'), /^UNAVAILABLE/);
  });
});

describe('a bulk client', () => {
  test('sends all messages, and another client hears them in order', async (t) => {
    const { address } = await startServer(t, program('server'));
    const bob = await enter(t, address, 'Bob');
    const bulk = startClient(t, address, '--send', '1000', '--prefix', 'number ');
    assert.equal(await bulk.exit, 0);
    assert.match(bulk.output.join('\n'), /^1000 sent and acknowledged in \d+\.\d s: \d+ a second$/);
    await bob.line(/number 1000$/);
    assert.deepEqual(
      bob.output.filter((line) => line.startsWith('Bulk')),
      Array.from({ length: 1000 }, (_, index) => `Bulk: number ${index + 1}`),
    );
  });
  test('obeys a limit, and continues when its server restarts', async (t) => {
    const first = await startServer(t, program('server'), '--rate', '200');
    const bulk = startClient(t, first.address, '--send', '1000');
    await bulk.line(/^lost: more than 200 messages a second; trying again in \d+ ms$/);
    first.child.kill('SIGTERM');
    assert.equal(await first.exit, 0);
    await startServer(t, program('server'), '--port', first.address.split(':')[1] ?? '');
    assert.equal(await bulk.exit, 0);
    assert.match(bulk.output.at(-1) ?? '', /^1000 sent and acknowledged/);
  });
});
