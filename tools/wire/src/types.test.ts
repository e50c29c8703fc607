// How the tap learns what messages are.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { UsageError } from 'cli';
import { defineService, serve } from 'grpc-iterables';
import { ServerReflection } from 'proto';
import type { ServerReflectionHandlers } from 'proto/gen/grpc/reflection/v1/ServerReflection';
import descriptor from 'protobufjs/ext/descriptor/index.js';
import { reflectionOf as reflectionServices } from '../../../packages/production/reflection/reflection.ts';
import { powService } from '../../../packages/server-stream/src/service.ts';
import { methodsInFiles, methodsOfProject } from './message-types.ts';
import { reflectionOf } from './reflection.ts';

const guard = { timeout: 30_000 };
const POW = '/stream.ServerStream/Pow';
const descriptors = new URL('../../../packages/production/reflection/descriptors.binpb', import.meta.url);

test("the project's own methods are known", () => {
  const method = methodsOfProject()(POW);
  assert.deepEqual([method?.request?.name, method?.response?.name], ['ServerStreamReq', 'ServerStreamResp']);
  assert.equal(methodsOfProject()('/stream.ServerStream/Nothing'), undefined);
});

describe('files that the user names', () => {
  test('may import others, beside them or above', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'wire-'));
    t.after(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'shop'));
    await writeFile(
      join(folder, 'shop/item.proto'),
      'syntax = "proto3"; package shop; message Item { string name = 1; }',
    );
    const service = `syntax = "proto3"; package shop; import "shop/item.proto"; import "google/protobuf/empty.proto";
      service Shop { rpc Buy (Item) returns (google.protobuf.Empty); }`;
    await writeFile(join(folder, 'shop/shop.proto'), service);
    const method = methodsInFiles([join(folder, 'shop/shop.proto')])('/shop.Shop/Buy');
    assert.deepEqual([method?.request?.name, method?.response?.name], ['Item', 'Empty']);
  });

  test('and are not there, or not protobuf, are refused by name', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'wire-'));
    t.after(() => rm(folder, { recursive: true }));
    assert.throws(
      () => methodsInFiles([join(folder, 'missing.proto')]),
      (error) => error instanceof UsageError && /missing\.proto/.test(error.message),
    );
    await writeFile(join(folder, 'bad.proto'), 'service {');
    assert.throws(
      () => methodsInFiles([join(folder, 'bad.proto')]),
      (error) => error instanceof UsageError && /bad\.proto/.test(error.message),
    );
  });
});

describe('reflection', () => {
  for (const [version, pick] of [
    ['v1', 0],
    ['v1alpha', 1],
  ] as const) {
    test(`${version} tells the methods of a server`, guard, async (t) => {
      const pow = powService(0, () => {});
      const reflection = reflectionServices([pow], await readFile(descriptors))[pick];
      assert.ok(reflection);
      const server = await serve([pow, reflection]);
      t.after(() => server.shutdown());
      const { find, asked } = reflectionOf(server.address, undefined);
      await asked;
      assert.equal(find(POW)?.response?.fieldsById[1]?.name, 'number');
    });
  }

  test('of a server without it, or of none, has no methods', guard, async (t) => {
    const server = await serve([powService(0, () => {})]);
    t.after(() => server.shutdown());
    for (const address of [server.address, '127.0.0.1:1']) {
      const { find, asked } = reflectionOf(address, undefined);
      await asked;
      assert.equal(find(POW), undefined);
    }
  });

  const useless: [string, (count: number) => Uint8Array][] = [
    ['that are not protobuf', () => Buffer.alloc(50, 0xff)],
    [
      'that lack a type',
      () =>
        fileDescriptor({
          name: 'x.proto',
          service: [
            { name: 'S', method: [{ name: 'M', inputType: '.x.Missing', outputType: '.x.Missing' }] },
          ],
        }),
    ],
    ['that import others without an end', (count) => fileDescriptor({ name: 'x', dependency: [`${count}`] })],
    [
      'that are too large',
      (count) => fileDescriptor({ name: 'x'.repeat(100_000), dependency: [`${count}`] }),
    ],
  ];
  for (const [what, answer] of useless) {
    test(`with descriptors ${what} has no methods`, guard, async (t) => {
      let count = 0;
      const server = await serve([
        defineService<ServerReflectionHandlers>(ServerReflection.service, {
          async *ServerReflectionInfo(requests) {
            for await (const { listServices } of requests)
              yield listServices === undefined
                ? { fileDescriptorResponse: { fileDescriptorProto: [Buffer.from(answer(count++))] } }
                : { listServicesResponse: { service: [{ name: 'x.S' }] } };
          },
        }),
      ]);
      t.after(() => server.shutdown());
      const { find, asked } = reflectionOf(server.address, undefined);
      await asked;
      assert.equal(find('/x.S/M'), undefined);
    });
  }
});

function fileDescriptor(file: object): Uint8Array {
  return descriptor.FileDescriptorProto.encode(descriptor.FileDescriptorProto.fromObject(file)).finish();
}
