import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { ServerReflection } from 'proto';
import type { ServerReflectionHandlers } from 'proto/gen/grpc/reflection/v1/ServerReflection';
import { attempt, expected, failsWith, patience, served } from '../harness.ts';

const { filesOf } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A client of a server with these services and numbers of files. It has a service without files if the number is 0. */
async function serverWith(t: TestContext, services: Record<string, number>) {
  const seen = { calls: 0, complete: 0, questions: [] as string[] };
  const reflection = defineService<ServerReflectionHandlers>(ServerReflection.service, {
    async *ServerReflectionInfo(requests) {
      seen.calls++;
      for await (const originalRequest of requests) {
        const name = originalRequest.fileContainingSymbol;
        seen.questions.push(name ?? 'the list');
        const files = Array.from({ length: services[name ?? ''] ?? 0 }, () => Buffer.from('a file'));
        if (name === undefined) {
          const service = Object.keys(services).map((one) => ({ name: one }));
          yield { originalRequest, listServicesResponse: { service } };
        } else if (files.length > 0)
          yield { originalRequest, fileDescriptorResponse: { fileDescriptorProto: files } };
        else
          yield { originalRequest, errorResponse: { errorCode: status.NOT_FOUND, errorMessage: 'no file' } };
      }
      seen.complete++;
    },
  });
  return { client: await served(t, reflection, ServerReflection), seen };
}

const services = { 'shop.Orders': 2, 'shop.Prices': 1, 'grpc.health.v1.Health': 1 };
const ends = 'the server has answered all questions, so filesOf must resolve';

test('it knows the files of each service', patience, async (t) => {
  const { client } = await serverWith(t, services);
  const files = await expected(filesOf(client), ends);
  assert.deepEqual(Object.fromEntries(files), services, 'each service must have its number of files');
});

test('it makes one call, with one question for the list and one for each service', patience, async (t) => {
  const { client, seen } = await serverWith(t, services);
  await expected(filesOf(client), ends);
  assert.equal(seen.calls, 1, `one call is enough, but there were ${seen.calls}`);
  assert.equal(seen.complete, 1, 'the requests must be closed, so that the call is complete');
  const wanted = ['the list', ...Object.keys(services)];
  assert.deepEqual(
    seen.questions,
    wanted,
    `the questions must be: ${wanted.join(', ')}. They were: ${seen.questions.join(', ')}`,
  );
});

test('a service without files has 0 files', patience, async (t) => {
  const { client } = await serverWith(t, { 'shop.Orders': 2, 'shop.Secret': 0 });
  const files = await expected(filesOf(client), ends);
  assert.equal(
    files.get('shop.Secret'),
    0,
    'the server answered with an error for shop.Secret, so it has 0 files',
  );
});

test('a server without services is fine', patience, async (t) => {
  const { client } = await serverWith(t, {});
  assert.equal((await expected(filesOf(client), ends)).size, 0);
});

test('a call that fails is an error', patience, async (t) => {
  const refusing = defineService<ServerReflectionHandlers>(
    ServerReflection.service,
    {
      // biome-ignore lint/correctness/useYield: it refuses before the first answer
      async *ServerReflectionInfo() {
        throw new StatusError(status.PERMISSION_DENIED, 'not for you');
      },
    },
    { onError: () => {} },
  );
  const client = await served(t, refusing, ServerReflection);
  await expected(
    failsWith(filesOf(client), status.PERMISSION_DENIED),
    'the call has failed, so filesOf must fail',
  );
});
