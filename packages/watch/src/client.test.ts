import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { listening, startProgram, startServer } from 'cli/testing';
import { defineService, StatusError, serve } from 'grpc-iterables';
import { Store } from 'proto';
import type { StoreHandlers } from 'proto/gen/watch/Store';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

describe('the programs', () => {
  test('put, get, list, delete and watch keys', async (t) => {
    const { address } = await startServer(t, server);
    const run = (...args: string[]) => startProgram(t, client, '--address', address, ...args);
    const output = async (...args: string[]) => {
      const program = run(...args);
      assert.equal(await program.exit, 0, program.errors.join());
      return program.output;
    };
    assert.deepEqual(await output('put', 'b/1', 'one', 'a', 'two words'), ['revision 2']);
    const watching = run('watch', 'b/', '--count', '3');
    assert.deepEqual(await Promise.all([output('get', 'a'), output('ls'), output('ls', 'b/')]), [
      ['two words'],
      ['a', 'b/1'],
      ['b/1'],
    ]);
    await watching.line(/^2 the state is complete$/);
    const piped = run('put', 'b/2', '-');
    piped.child.stdin.end('from\nstandard input');
    assert.equal(await piped.exit, 0);
    assert.deepEqual(await output('rm', 'a', 'b/1'), ['revision 4, deleted 2']);
    assert.equal(await watching.exit, 0);
    assert.deepEqual(watching.output, [
      '2 put b/1 = one',
      '2 the state is complete',
      '3 put b/2 = from\\u{a}standard input',
      '4 delete b/1',
    ]);
    const missing = run('rm', 'a');
    assert.equal(await missing.exit, 1);
    assert.deepEqual(missing.errors, ['NOT_FOUND: no key "a"']);
  });
  test('show the tour, as often as you like', async (t) => {
    const { address } = await startServer(t, server);
    const demo = JSON.parse(await readFile(new URL('../demo.json', import.meta.url), 'utf8'));
    const first = startProgram(t, client, '--address', address, 'tour');
    assert.equal(await first.exit, 0);
    assert.deepEqual(first.output, demo.output);
    const second = startProgram(t, client, '--address', address, 'tour');
    assert.equal(await second.exit, 0);
    assert.equal(second.output.length, demo.output.length);
  });
  test('say which commands there are, and how they are used: exit status 2', async (t) => {
    const { address } = await startServer(t, server);
    const cases = [
      [['nonsense'], 'no command "nonsense"; there are: put, get, ls, rm, watch, tour'],
      [['get'], 'usage: pnpm watch:client get KEY'],
      [['put', 'a', '1', 'b'], 'the key "b" has no value'],
    ] as const;
    await Promise.all(
      cases.map(async ([args, error]) => {
        const run = startProgram(t, client, '--address', address, ...args);
        assert.equal(await run.exit, 2);
        assert.deepEqual(run.errors, [error]);
      }),
    );
  });
  test('continue to watch after the server restarts, show what is gone, and end on Ctrl-C', async (t) => {
    const before = await startServer(t, server);
    const port = before.address.split(':')[1] ?? '';
    const put = startProgram(t, client, '--address', before.address, 'put', 'a', '1');
    assert.equal(await put.exit, 0);
    const watching = startProgram(t, client, '--address', before.address, 'watch');
    await watching.line(/state/);
    before.child.kill('SIGTERM');
    assert.equal(await before.exit, 0, 'a watch does not delay the end of a server');
    await listening(startProgram(t, server, '--port', port));
    await watching.line(/^1 delete a$/);
    assert.match(watching.errors[0] ?? '', /^lost: the server is shutting down; trying again in \d+ ms$/);
    watching.child.kill('SIGINT');
    assert.equal(await watching.exit, 130);
  });
  test('show nothing that steers the terminal, whatever the server sends', async (t) => {
    let calls = 0;
    const unused = async () => {
      throw new StatusError(status.UNIMPLEMENTED, 'unused');
    };
    const deceiver = defineService<StoreHandlers>(Store.service, {
      Put: unused,
      Get: unused,
      Delete: unused,
      async *List() {
        yield { entries: [{ key: '\x1b[2Jls' }], revision: 2, storeId: 's' };
      },
      async *Watch() {
        if (++calls === 1) throw new StatusError(status.UNAVAILABLE, '\x1b[2Jgone');
        yield { changes: [{ key: '\x1b[2Jkey', revision: 2 }], revision: 2, storeId: 's' };
      },
    });
    const deceiving = await serve([deceiver]);
    t.after(() => deceiving.shutdown());
    const run = (...args: string[]) => startProgram(t, client, '--address', deceiving.address, ...args);
    const [watching, listing] = [run('watch', '--count', '1'), run('ls')];
    assert.deepEqual([await watching.exit, await listing.exit], [0, 0]);
    assert.match(watching.errors.join(), /^lost: \\u\{1b\}\[2Jgone; trying again/);
    assert.deepEqual(watching.output, ['2 put \\u{1b}[2Jkey = ']);
    assert.deepEqual(listing.output, ['\\u{1b}[2Jls']);
  });
  test('end a watch with DEADLINE_EXCEEDED after --timeout', async (t) => {
    const { address, line } = await startServer(t, server);
    const watching = startProgram(t, client, '--address', address, '--timeout', '300ms', 'watch');
    assert.equal(await watching.exit, 1);
    assert.match(watching.errors.join(), /^DEADLINE_EXCEEDED: /);
    await line(/^a watcher of "" left$/);
  });
});
