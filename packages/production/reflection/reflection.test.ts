import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createFileRegistry, type FileRegistry, fromBinary } from '@bufbuild/protobuf';
import { type FileDescriptorProto, FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { type ServiceDefinition, status } from '@grpc/grpc-js';
import { connect, defineService, type RunningServer, type Service, StatusError, serve } from 'grpc-iterables';
import * as proto from 'proto';
import type { ServerReflectionRequest } from 'proto/gen/grpc/reflection/v1/ServerReflectionRequest';
import { protoFiles, protoRoot } from '../../../proto/files.ts';
import { readDescriptors } from './descriptors.ts';
import { reflectionOf } from './reflection.ts';

const committed = new URL('./descriptors.binpb', import.meta.url);
const noProtoc = (() => {
  try {
    if (!process.env.CI) execFileSync('protoc', ['--version']);
    return false;
  } catch {
    return 'protoc is not installed';
  }
})();

/** What protoc makes of these files. */
function compiled(t: TestContext, files: string[], folder = protoRoot): Buffer {
  const scratch = mkdtempSync(join(tmpdir(), 'descriptors-'));
  t.after(() => rmSync(scratch, { recursive: true }));
  const set = join(scratch, 'set.binpb');
  execFileSync('protoc', [
    `--proto_path=${folder}`,
    '--include_imports',
    `--descriptor_set_out=${set}`,
    ...files,
  ]);
  return readFileSync(set);
}

/** Services whose methods nobody calls here. */
function unused(definition: ServiceDefinition): Service {
  const handlers = Object.fromEntries(Object.keys(definition).map((name) => [name, () => assert.fail(name)]));
  return defineService(definition, handlers);
}

let server: RunningServer;
before(async () => {
  const services = [
    unused(proto.ServerStream.service),
    unused(proto.BidirectionalStreamServer.service),
    unused(proto.Health.service),
  ];
  server = await serve([...services, ...reflectionOf(services, await readFile(committed))]);
});
after(() => server.shutdown());

async function ask(
  requests: ServerReflectionRequest[],
  client = connect(proto.ServerReflection, server.address),
) {
  await using reflection = client;
  const answers = [];
  for await (const answer of reflection.serverReflectionInfo(requests)) answers.push(answer);
  return answers;
}
async function filesOf(request: ServerReflectionRequest): Promise<FileDescriptorProto[]> {
  const [answer] = await ask([request]);
  return (answer?.fileDescriptorResponse?.fileDescriptorProto ?? []).map((bytes) =>
    fromBinary(FileDescriptorProtoSchema, bytes),
  );
}
const namesOf = (files: FileDescriptorProto[]) => files.map(({ name }) => name);

/** protobuf-es refuses a file whose imports it has not got. */
function strictRegistry([first, ...others]: FileDescriptorProto[]): FileRegistry {
  assert.ok(first);
  return createFileRegistry(first, (name) => others.find((file) => file.name === name));
}

for (const version of ['v1', 'v1alpha'] as const) {
  test(`${version} lists all services, and a strict client can build each from its answer alone`, async () => {
    const { ServerReflection, ServerReflectionAlpha } = proto;
    const client = () => connect(version === 'v1' ? ServerReflection : ServerReflectionAlpha, server.address);
    const [answer] = await ask([{ listServices: '*', host: 'example.com' }], client());
    assert.equal(answer?.validHost, 'example.com');
    assert.equal(answer?.originalRequest?.listServices, '*');
    const names = answer?.listServicesResponse?.service.map(({ name }) => name) ?? [];
    assert.deepEqual(names.sort(), [
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'stream.BidirectionalStreamServer',
      'stream.ServerStream',
    ]);
    for (const name of names) {
      const registry = strictRegistry(await filesOf({ fileContainingSymbol: name }));
      assert.ok((registry.getService(name)?.methods.length ?? 0) > 0, name);
    }
  });
}

describe('a file is found by', () => {
  const file = 'stream/server_stream.proto';
  const requests: [string, ServerReflectionRequest][] = [
    ['its name', { fileByFilename: file }],
    ['a service', { fileContainingSymbol: 'stream.ServerStream' }],
    ['a method', { fileContainingSymbol: 'stream.ServerStream.Pow' }],
    ['a message', { fileContainingSymbol: 'stream.ServerStreamReq' }],
    ['a field', { fileContainingSymbol: 'stream.ServerStreamReq.number' }],
  ];
  for (const [what, request] of requests) {
    test(what, async () => assert.deepEqual(namesOf(await filesOf(request)), [file]));
  }
  test('an enum that is declared in a message, and a value of it', async () => {
    for (const symbol of ['ServingStatus', 'SERVING']) {
      const files = await filesOf({ fileContainingSymbol: `grpc.health.v1.HealthCheckResponse.${symbol}` });
      assert.deepEqual(namesOf(files), ['grpc/health/v1/health.proto']);
    }
  });
});

test('garbage is answered with an error each, and the stream goes on', async () => {
  const answers = await ask([
    { fileContainingSymbol: 'no.Such.Symbol' },
    { fileContainingSymbol: '' },
    { fileContainingSymbol: '__proto__' },
    { fileContainingSymbol: '.stream.ServerStream' },
    { fileByFilename: '../../etc/passwd' },
    { fileContainingExtension: { containingType: 'stream.ServerStreamReq', extensionNumber: -1 } },
    { allExtensionNumbersOfType: 'stream.Nothing' },
    {},
    { fileContainingSymbol: 'x'.repeat(100_000) },
    { listServices: '' },
  ]);
  const codes = answers.map(({ errorResponse }) => errorResponse?.errorCode);
  const { NOT_FOUND, INVALID_ARGUMENT } = status;
  assert.deepEqual(codes, [...Array(7).fill(NOT_FOUND), INVALID_ARGUMENT, NOT_FOUND, undefined]);
  assert.match(answers[4]?.errorResponse?.errorMessage ?? '', /no file "\.\.\/\.\.\/etc\/passwd"/);
  assert.equal(answers.at(-1)?.messageResponse, 'listServicesResponse');
});

test('bytes that are not a request end the call with INTERNAL, and other calls go on', async () => {
  const { service } = proto.ServerReflection;
  const garbage = { ...service.ServerReflectionInfo, requestSerialize: () => Buffer.from('ffffff', 'hex') };
  const Garbled = Object.assign(class extends proto.ServerReflection {}, {
    service: { ...service, ServerReflectionInfo: garbage },
  });
  await assert.rejects(ask([{}], connect(Garbled, server.address)), (error) => {
    assert.ok(error instanceof StatusError);
    return error.code === status.INTERNAL;
  });
  assert.equal((await ask([{ listServices: '' }])).length, 1);
});

test('a message type without extensions has none', async () => {
  const [answer] = await ask([{ allExtensionNumbersOfType: 'stream.ServerStreamReq' }]);
  assert.deepEqual(
    { ...answer?.allExtensionNumbersResponse },
    {
      baseTypeName: 'stream.ServerStreamReq',
      extensionNumber: [],
    },
  );
});

test('a descriptor set that lacks a service is refused at the start', async () => {
  const services = [unused(proto.Greetering.service)];
  assert.throws(
    () => reflectionOf(services, readFileSync(committed)),
    /the descriptor set has no service proto\.Greetering: write it again with protoc/,
  );
});

describe('with protoc', { skip: noProtoc }, () => {
  test('the committed descriptor set is current; "pnpm descriptors" writes it', (t) => {
    const manifest = JSON.parse(readFileSync(join(protoRoot, '../package.json'), 'utf8'));
    const files = manifest.scripts.descriptors.split(' ').filter((word: string) => word.endsWith('.proto'));
    assert.ok(compiled(t, files).equals(readFileSync(committed)));
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
    const client = () => connect(proto.ServerReflection, all.address);
    const [list] = await ask([{ listServices: '' }], client());
    const names = list?.listServicesResponse?.service.map(({ name }) => name) ?? [];
    assert.ok(names.length >= 13, names.join());
    for (const name of names) {
      const [answer] = await ask([{ fileContainingSymbol: name }], client());
      const files = answer?.fileDescriptorResponse?.fileDescriptorProto ?? [];
      const registry = strictRegistry(files.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes)));
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
      reflectionOf([], Buffer.concat([readFileSync(committed), compiled(t, ['extending.proto'], folder)])),
    );
    t.after(() => all.shutdown());
    const requests = [
      { fileContainingExtension: { containingType: 'test.Extendable', extensionNumber: 100 } },
      { fileContainingSymbol: 'test.nick' },
      { fileContainingSymbol: 'test.Extendable' },
      { allExtensionNumbersOfType: 'test.Extendable' },
    ];
    const answers = await ask(requests, connect(proto.ServerReflection, all.address));
    const sent = answers.map(({ fileDescriptorResponse }) =>
      fileDescriptorResponse?.fileDescriptorProto.map(
        (bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name,
      ),
    );
    assert.deepEqual(sent, [
      ['extending.proto', 'extended.proto'],
      ['extending.proto'],
      ['extended.proto'],
      undefined,
    ]);
    assert.deepEqual(answers[3]?.allExtensionNumbersResponse?.extensionNumber, [100, 101]);
  });
});
