import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listening, startProgram } from 'cli/testing';
import { connect, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import { powService } from '../../../packages/server-stream/src/service.ts';
import type { Frame } from './events.ts';
import { lineOf } from './text.ts';

const guard = { timeout: 60_000 };
const program = new URL('wire.ts', import.meta.url);

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wire-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('pnpm wire prints what passes, records it, and prints the recording again', guard, async (t) => {
  const server = await serve([powService(0, () => {})]);
  t.after(() => server.shutdown());
  const file = join(await scratch(t), 'call.jsonl');
  const wire = startProgram(t, program, '--to', server.address, '--listen', '0', '--text', '--record', file);
  const { address } = await listening(wire);
  {
    await using client = connect(ServerStream, address);
    for await (const _ of client.pow({ number: 3, count: 2 }));
  }
  await wire.line(/closed/);
  wire.child.kill('SIGINT');
  assert.equal(await wire.exit, 0);
  const [, ...lines] = wire.output;
  const wanted = [
    /HEADERS +\[1\] +:method=POST/,
    /message 1 +\[1\] +4 bytes: number: 3 count: 2/,
    /ended .* OK, requests: 1, responses: 2/,
  ];
  for (const line of wanted)
    assert.ok(
      lines.some((text) => line.test(text)),
      `${line} in\n${lines.join('\n')}`,
    );
  const again = startProgram(t, program, '--text', file);
  assert.equal(await again.exit, 0);
  assert.deepEqual(again.output, lines);
});

test('says why it cannot print, and exits with 1', guard, async (t) => {
  const full = await open('/dev/full', 'w');
  t.after(() => full.close());
  const recording = fileURLToPath(new URL('../pictures/unary.jsonl', import.meta.url));
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(program), '--text', recording],
    { stdio: ['ignore', full.fd, 'pipe'], encoding: 'utf8' },
  );
  assert.match(stderr, /^cannot write the output: .*no space left/);
  assert.equal(status, 1);
});

describe('wrong usage has a message and exits with 2', () => {
  for (const address of ['localhost', '256.0.0.1:8082']) {
    test(`no address of a server: ${address}`, guard, async (t) => {
      const wire = startProgram(t, program, '--to', address);
      assert.equal(await wire.exit, 2);
      assert.ok(wire.errors.join('\n').includes(`"${address}" is not an address such as 127.0.0.1:8082`));
    });
  }

  test('a file that is not a recording', guard, async (t) => {
    const file = join(await scratch(t), 'other.txt');
    await writeFile(file, 'hello\n');
    const wire = startProgram(t, program, '--text', file);
    assert.equal(await wire.exit, 2);
    assert.match(wire.errors.join('\n'), /other\.txt is not a recording of pnpm wire: line 1/);
    assert.equal(await readFile(file, 'utf8'), 'hello\n');
  });

  test('a file with a line that is longer than memory', guard, async (t) => {
    const file = join(await scratch(t), 'long.jsonl');
    await writeFile(file, '{"recording":"grpc wire","version":1}\n');
    // The rest is a hole, which needs no disk.
    await truncate(file, 2 ** 40);
    const wire = startProgram(t, program, '--text', file);
    assert.equal(await wire.exit, 2);
    assert.match(
      wire.errors.join('\n'),
      /is not a recording .*: line 2: it has more than 1048576 characters/,
    );
  });

  test('a recording with an incomplete event', guard, async (t) => {
    const file = join(await scratch(t), 'cut.jsonl');
    await writeFile(file, '{"recording":"grpc wire","version":1}\n{"type":"frame"}\n');
    const wire = startProgram(t, program, '--text', file);
    assert.equal(await wire.exit, 2);
    assert.match(wire.errors.join('\n'), /cut\.jsonl has an incomplete event: \{"type":"frame"\}/);
  });
});

test('text from the wire cannot steer the terminal', () => {
  const frame: Frame = {
    type: 'frame',
    at: 1,
    connection: 1,
    id: 1,
    side: 'client',
    stream: 1,
    frame: 'HEADERS',
    flags: [],
    length: 1,
    headers: [['x', '\x1b[2J\r\n\u202e']],
  };
  assert.ok([...lineOf(frame)].every((character) => character >= ' ' && character !== '\u202e'));
});
