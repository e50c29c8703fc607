// A client in Python that knows nothing of the services, where Debian's python3-grpcio is installed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startCommand } from 'cli/testing';
import { defineService, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { protoRoot } from '../../../proto/files.ts';
import { reflectionOf } from './reflection.ts';

// The system's own, which is the one that Debian's packages belong to.
const PYTHON = '/usr/bin/python3';

function whyNoPython(): string | false {
  if (process.env.CI) return false;
  try {
    execFileSync(PYTHON, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
    execFileSync('protoc', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'needs python3-grpcio, python3-protobuf and protobuf-compiler';
  }
}

test('a client in Python builds all services from reflection alone, and calls one', {
  skip: whyNoPython(),
}, async (t) => {
  const generated = mkdtempSync(join(tmpdir(), 'reflection-'));
  t.after(() => rmSync(generated, { recursive: true }));
  const messages = join(generated, 'grpc_reflection_messages');
  mkdirSync(messages);
  const folder = join(protoRoot, 'grpc/reflection/v1');
  execFileSync('protoc', [`--proto_path=${folder}`, `--python_out=${messages}`, 'reflection.proto']);

  const pow = defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number }) {
      for (let power = 1; power <= 3; power++) yield { number: String(BigInt(number) ** BigInt(power)) };
    },
  });
  const set = await readFile(new URL('./descriptors.binpb', import.meta.url));
  const server = await serve([pow, ...reflectionOf([pow], set)]);
  t.after(() => server.shutdown());
  const script = fileURLToPath(new URL('./foreign.py', import.meta.url));
  const run = startCommand(t, PYTHON, [script, server.address, '3'], { PYTHONPATH: generated });
  assert.equal(await run.exit, 0, run.errors.join('\n'));
  assert.deepEqual(run.output, [
    'grpc.reflection.v1.ServerReflection ServerReflectionInfo',
    'grpc.reflection.v1alpha.ServerReflection ServerReflectionInfo',
    'stream.ServerStream Pow',
    '3 9 27',
  ]);
});
