// Beside protoc, and a client in Python that knows nothing of the services, where Debian's packages for them are installed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { startCommand } from 'cli/testing';
import { defineService, serve } from 'grpc-iterables';
import * as proto from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { protoFiles, protoRoot } from '../../../proto/files.ts';
import { readDescriptors } from './descriptors.ts';
import { reflectionOf } from './reflection.ts';
import { ask, filesIn, strictRegistry, unused } from './testing.ts';

// The system's own, which is the one that Debian's packages belong to.
const PYTHON = '/usr/bin/python3';

const committed = readFileSync(new URL('./descriptors.binpb', import.meta.url));

function whyNot(): string | false {
  if (process.env.CI) return false;
  try {
    execFileSync(PYTHON, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
    execFileSync('protoc', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'needs python3-grpcio, python3-protobuf and protobuf-compiler';
  }
}

/** What protoc makes of these files. */
function compiled(t: TestContext, files: string[], folder = protoRoot): Buffer {
  const scratch = mkdtempSync(join(tmpdir(), 'descriptors-'));
  t.after(() => rmSync(scratch, { recursive: true }));
  const set = join(scratch, 'set.binpb');
  const output = ['--include_imports', `--descriptor_set_out=${set}`];
  execFileSync('protoc', [`--proto_path=${folder}`, ...output, ...files]);
  return readFileSync(set);
}

describe('with protoc', { skip: whyNot() }, () => {
  test('the committed descriptor set is current; "pnpm descriptors" writes it', (t) => {
    const manifest = JSON.parse(readFileSync(join(protoRoot, '../package.json'), 'utf8'));
    const files = manifest.scripts.descriptors.split(' ').filter((word: string) => word.endsWith('.proto'));
    assert.ok(compiled(t, files).equals(committed));
  });

  test('a strict client can build every service of this project', async (t) => {
    const services = Object.values<{ service?: ServiceDefinition } | object>(proto).flatMap((exported) =>
      'service' in exported && exported.service ? [unused(exported.service)] : [],
    );
    const reflection = reflectionOf(
      services.filter(({ definition }) => !Object.values(definition)[0]?.path.includes('.reflection.')),
      compiled(t, protoFiles),
    );
    const all = await serve(reflection);
    t.after(() => all.shutdown());
    const [list] = await ask(all.address, [{ listServices: '' }]);
    const names = list?.listServicesResponse?.service.map(({ name }) => name) ?? [];
    assert.ok(names.length >= 13, names.join());
    for (const name of names) {
      const [answer] = await ask(all.address, [{ fileContainingSymbol: name }]);
      const registry = strictRegistry(filesIn(answer));
      assert.ok(registry.getService(name), name);
    }
  });

  test('imports come once in a stream, and extensions are found by their number', async (t) => {
    const folder = fileURLToPath(new URL('./test', import.meta.url));
    const descriptors = readDescriptors(compiled(t, ['extending.proto'], folder));
    assert.deepEqual(descriptors.extensionsOf('test.Extendable'), [100, 101]);
    assert.equal(descriptors.fileOfExtension('test.Extendable', 101)?.proto.name, 'extending.proto');
    assert.equal(descriptors.fileOf('test.nick')?.proto.name, 'extending.proto');

    const all = await serve(
      reflectionOf([], Buffer.concat([committed, compiled(t, ['extending.proto'], folder)])),
    );
    t.after(() => all.shutdown());
    const requests = [
      { fileContainingExtension: { containingType: 'test.Extendable', extensionNumber: 100 } },
      { fileContainingSymbol: 'test.nick' },
      { fileContainingSymbol: 'test.Extendable' },
      { allExtensionNumbersOfType: 'test.Extendable' },
    ];
    const answers = await ask(all.address, requests);
    const sent = answers.map((answer) => filesIn(answer).map(({ name }) => name));
    assert.deepEqual(sent, [
      ['extending.proto', 'extended.proto'],
      ['extending.proto'],
      ['extended.proto'],
      [],
    ]);
    assert.deepEqual(answers[3]?.allExtensionNumbersResponse?.extensionNumber, [100, 101]);
  });
});

test('a client in Python builds all services from reflection alone, and calls one', {
  skip: whyNot(),
}, async (t) => {
  const generated = mkdtempSync(join(tmpdir(), 'reflection-'));
  t.after(() => rmSync(generated, { recursive: true }));
  const messages = join(generated, 'grpc_reflection_messages');
  mkdirSync(messages);
  const folder = join(protoRoot, 'grpc/reflection/v1');
  execFileSync('protoc', [`--proto_path=${folder}`, `--python_out=${messages}`, 'reflection.proto']);

  const pow = defineService<ServerStreamHandlers>(proto.ServerStream.service, {
    async *Pow({ number }) {
      for (let power = 1; power <= 3; power++) yield { number: String(BigInt(number) ** BigInt(power)) };
    },
  });
  const server = await serve([pow, ...reflectionOf([pow], committed)]);
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
