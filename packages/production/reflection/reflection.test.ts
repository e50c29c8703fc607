import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { status } from '@grpc/grpc-js';
import { connect, type RunningServer, StatusError, serve } from 'grpc-iterables';
import {
  BidirectionalStreamServer,
  Greetering,
  Health,
  ServerReflection,
  ServerReflectionAlpha,
  ServerStream,
} from 'proto';
import type { ServerReflectionRequest } from 'proto/gen/grpc/reflection/v1/ServerReflectionRequest';
import { reflectionOf } from './reflection.ts';
import { ask, filesIn, strictRegistry, unused } from './testing.ts';

const committed = readFileSync(new URL('./descriptors.binpb', import.meta.url));
let server: RunningServer;
before(async () => {
  const services = [ServerStream, BidirectionalStreamServer, Health].map(({ service }) => unused(service));
  server = await serve([...services, ...reflectionOf(services, committed)]);
});
after(() => server.shutdown());

async function filesOf(request: ServerReflectionRequest): Promise<FileDescriptorProto[]> {
  const [answer] = await ask(server.address, [request]);
  return filesIn(answer);
}
const namesOf = (files: FileDescriptorProto[]) => files.map(({ name }) => name);

for (const version of ['v1', 'v1alpha'] as const) {
  test(`${version} lists all services, and a strict client can build each from its answer alone`, async () => {
    const client = connect(version === 'v1' ? ServerReflection : ServerReflectionAlpha, server.address);
    const [answer] = await ask(client, [{ listServices: '*', host: 'example.com' }]);
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

test('each request of garbage gets an error, and the stream continues', async () => {
  const answers = await ask(server.address, [
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

test('bytes that are not a request end the call with INTERNAL, and other calls continue', async () => {
  const { service } = ServerReflection;
  const garbage = { ...service.ServerReflectionInfo, requestSerialize: () => Buffer.from('ffffff', 'hex') };
  const Garbled = Object.assign(class extends ServerReflection {}, {
    service: { ...service, ServerReflectionInfo: garbage },
  });
  await assert.rejects(ask(connect(Garbled, server.address), [{}]), (error) => {
    assert.ok(error instanceof StatusError);
    return error.code === status.INTERNAL;
  });
  assert.equal((await ask(server.address, [{ listServices: '' }])).length, 1);
});

test('a message type without extensions has none', async () => {
  const [answer] = await ask(server.address, [{ allExtensionNumbersOfType: 'stream.ServerStreamReq' }]);
  assert.deepEqual(
    { ...answer?.allExtensionNumbersResponse },
    {
      baseTypeName: 'stream.ServerStreamReq',
      extensionNumber: [],
    },
  );
});

test('a descriptor set that lacks a service is refused at the start', async () => {
  const services = [unused(Greetering.service)];
  assert.throws(
    () => reflectionOf(services, committed),
    /the descriptor set has no service proto\.Greetering: write it again with protoc/,
  );
});
