// The client by hand works with the programs of the other packages.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { startProgram } from 'cli/testing';

const guard = { timeout: 60_000 };

describe('the programs', () => {
  const program = (name: string, file: string) => new URL(`../../${name}/src/${file}.ts`, import.meta.url);

  async function startServer(t: TestContext, name: string) {
    const server = startProgram(t, program(name, 'server'), '--port', '0');
    const [, address = ''] = await server.line(/^Serving .* on (\S+)$/);
    return address;
  }

  for (const [name, method, args, expected] of [
    ['server-stream', 'pow', ['3'], ['1', '3', '9', '27', '81', '243', '729', '2187', '6561', '19683']],
    ['client-stream', 'sum', ['1', '2', '9007199254740993'], ['9007199254740996']],
    ['bidi-stream', 'sqrt', ['4', '2'], ['2', '1.4142135623730951']],
  ] as const) {
    test(`by-hand:client talks to ${name}:server`, guard, async (t) => {
      const address = await startServer(t, name);
      const client = startProgram(t, program('by-hand', 'client'), '--address', address, method, ...args);
      assert.equal(await client.exit, 0);
      assert.deepEqual(client.output, expected);
    });
  }

  test('the client says what is wrong, and exits with 1 or 2', guard, async (t) => {
    const address = await startServer(t, 'by-hand');
    const run = async (...args: string[]) => {
      const client = startProgram(t, program('by-hand', 'client'), '--address', address, ...args);
      return [await client.exit, client.errors[0]];
    };
    assert.deepEqual(await run('sqrt', '4', 'nine'), [2, '"nine" is not a number that sqrt takes']);
    assert.deepEqual(await run('cbrt', '4'), [
      2,
      'there is no method "cbrt"; the methods are pow, sum and sqrt',
    ]);
    const nobody = startProgram(t, program('by-hand', 'client'), '--address', '127.0.0.1:1', 'pow', '2');
    assert.equal(await nobody.exit, 1);
    assert.match(nobody.errors.join(), /^UNAVAILABLE: .*; start a server with "pnpm by-hand:server"$/);
    const [code, message] = await run('pow', '10000000000');
    assert.equal(code, 1);
    assert.match(String(message), /^OUT_OF_RANGE: 10000000000 \*\* 2 = 1\d+ does not fit int64$/);
  });
});
