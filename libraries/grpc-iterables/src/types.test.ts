// What must compile, and what must not compile. An unused `@ts-expect-error` fails the type check.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import { ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { EchoClient, type EchoHandlers, echoDefinition } from '../test/echo-service.ts';
import { defineService, type IterableHandlers, iterableClient } from './index.ts';

type Pow = IterableHandlers<ServerStreamHandlers>['Pow'];
type Sum = IterableHandlers<ClientStreamHandlers>['Sum'];
type Sqrt = IterableHandlers<BidirectionalStreamServerHandlers>['Sqrt'];

export const rightHandlers: [Pow, Sum, Sqrt] = [
  async function* ({ number }, { signal }) {
    if (!signal.aborted) yield { number };
  },
  async (requests) => {
    for await (const { data } of requests) return { sum: data };
    return {};
  },
  async function* (requests) {
    for await (const { number } of requests) yield { sqrt: number };
  },
];

// @ts-expect-error a server streaming handler returns a stream, not one response
export const wrongKind: Pow = async ({ number }) => ({ number });
// @ts-expect-error a client streaming handler gets a stream of requests
export const wrongInput: Sum = async ({ data }) => ({ sum: data });
// @ts-expect-error an int64 is not a bigint here: it is a decimal string
export const wrongMessage: Pow = async function* ({ number }) {
  yield { number: BigInt(number) };
};
export const wrongField: Sqrt = async function* (requests) {
  // @ts-expect-error the request has no such field
  for await (const { root } of requests) yield { sqrt: root };
};

export async function calls() {
  const client = iterableClient(
    new ServerStream('127.0.0.1:1', grpc.credentials.createInsecure()),
    ServerStream.service,
  );
  for await (const { number } of client.pow({ number: 2 })) number satisfies string;
  // @ts-expect-error the request has no such field
  client.pow({ base: 2 });
  // @ts-expect-error a stream of responses is not a promise
  client.pow({ number: 2 }).then;

  const echo = iterableClient(
    new EchoClient('127.0.0.1:1', grpc.credentials.createInsecure()),
    echoDefinition,
  );
  (await echo.upload([{ value: 1 }])).value satisfies number;
  // @ts-expect-error a client streaming call takes a stream
  await echo.upload({ value: 1 });
  // @ts-expect-error the methods of grpc.Client are not calls
  echo.close();
}

test('defineService names a missing handler, and one that is not in the definition', () => {
  const [Pow] = rightHandlers;
  assert.throws(
    () => defineService<Partial<ServerStreamHandlers>>(ServerStream.service, {}),
    /no handler for \/stream.ServerStream\/Pow/,
  );
  assert.throws(
    () => defineService<ServerStreamHandlers>(ServerStream.service, { Pow, ...{ Sqrt: Pow } }),
    /no method Sqrt in the service definition/,
  );
});

test('generated types of other tools work, and index signatures are ignored', () => {
  // As ts-proto writes it.
  interface EchoServer extends grpc.UntypedServiceImplementation, EchoHandlers {}
  const handlers: IterableHandlers<EchoServer> = {
    unary: ({ value }) => ({ value }),
    download: ({ value }) => [{ value }],
    upload: () => ({ value: 0 }),
    exchange: (requests) => requests,
  };
  assert.equal(Object.keys(defineService<EchoServer>(echoDefinition, handlers).implement()).length, 4);
});
