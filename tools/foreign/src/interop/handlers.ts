// The server's side of gRPC's interoperability cases, the same for our server and for bare grpc-js.
import { setTimeout as delay } from 'node:timers/promises';
import { type Metadata, status } from '@grpc/grpc-js';
import { type IterableHandler, type ServerContext, StatusError } from 'grpc-iterables';
import { TestService } from 'proto';
import type { EchoStatus__Output } from 'proto/gen/grpc/testing/EchoStatus';
import type { ResponseParameters__Output } from 'proto/gen/grpc/testing/ResponseParameters';
import type { TestServiceHandlers } from 'proto/gen/grpc/testing/TestService';

/** What a handler needs to know about its call. */
export type CallContext = Pick<ServerContext, 'metadata' | 'sendHeaders' | 'trailers'>;

/** A handler for `serve`. It uses only the part of the context that other servers have, too. */
type Narrowed<Handler> = Handler extends (input: infer Input, context: infer _) => infer Result
  ? (input: Input, context: CallContext) => Result
  : never;

/** The methods that servers have. They do not have UnimplementedCall. */
export type ServedHandlers = Pick<
  TestServiceHandlers,
  'EmptyCall' | 'UnaryCall' | 'StreamingOutputCall' | 'StreamingInputCall' | 'FullDuplexCall'
>;
type InteropHandlers = {
  [Name in keyof ServedHandlers]: Narrowed<IterableHandler<ServedHandlers[Name]>>;
};
const { UnimplementedCall: _, ...served } = TestService.service;
export const servedDefinition = served;

function payloadOf(size: number) {
  if (size >= 0) return { body: Buffer.alloc(size) };
  throw new StatusError(status.INVALID_ARGUMENT, `a payload cannot have ${size} bytes`);
}

function throwAsked(asked: EchoStatus__Output | null): void {
  if (asked && asked.code !== status.OK) throw new StatusError(asked.code, asked.message);
}

const INITIAL = 'x-grpc-test-echo-initial';
const TRAILING = 'x-grpc-test-echo-trailing-bin';

function echoMetadata({ metadata, sendHeaders, trailers }: CallContext): void {
  if (metadata.get(INITIAL).length > 0) sendHeaders(only(metadata, INITIAL));
  for (const value of metadata.get(TRAILING)) trailers.add(TRAILING, value);
}

function only(metadata: Metadata, name: string): Metadata {
  const copy = metadata.clone();
  for (const other of Object.keys(copy.getMap())) if (other !== name) copy.remove(other);
  return copy;
}

async function* responsesFor(parameters: ResponseParameters__Output[]) {
  for (const { size, intervalUs } of parameters) {
    if (intervalUs > 0) await delay(intervalUs / 1000);
    yield { payload: payloadOf(size) };
  }
}

export const handlers = {
  async EmptyCall() {
    return {};
  },
  async UnaryCall({ responseSize, responseStatus }, context) {
    echoMetadata(context);
    throwAsked(responseStatus);
    return { payload: payloadOf(responseSize) };
  },
  async *StreamingOutputCall({ responseParameters, responseStatus }) {
    throwAsked(responseStatus);
    yield* responsesFor(responseParameters);
  },
  async StreamingInputCall(requests) {
    let aggregatedPayloadSize = 0;
    for await (const { payload } of requests) aggregatedPayloadSize += payload?.body.length ?? 0;
    return { aggregatedPayloadSize };
  },
  async *FullDuplexCall(requests, context) {
    echoMetadata(context);
    for await (const { responseParameters, responseStatus } of requests) {
      throwAsked(responseStatus);
      yield* responsesFor(responseParameters);
    }
  },
} satisfies InteropHandlers;
