// gRPC's interoperability cases, by their description:
// https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md
import assert from 'node:assert/strict';
import { Metadata, status } from '@grpc/grpc-js';
import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { TestServiceClient } from 'proto/gen/grpc/testing/TestService';
import type { UnimplementedServiceClient } from 'proto/gen/grpc/testing/UnimplementedService';

/** One client library, connected to one server. */
export interface Caller {
  readonly client: IterableClient<TestServiceClient>;
  readonly unimplemented: IterableClient<UnimplementedServiceClient>;
  /** Compresses its requests. */
  readonly compressing: IterableClient<TestServiceClient>;
  /** The same as a generated client, whose streams take a flag with each message. */
  readonly generated: TestServiceClient;
  close(): void;
}

/** A case of the description. */
export interface Case {
  run(caller: Caller): Promise<void>;
  /** How many bytes its calls have on the wire if the right messages are compressed. */
  readonly bytes?: number;
}

const zeros = (size: number) => ({ body: Buffer.alloc(size) });
const LARGE_REQUEST = 271_828;
const LARGE_RESPONSE = 314_159;
const largeUnary = { responseSize: LARGE_RESPONSE, payload: zeros(LARGE_REQUEST) };
const UPLOADS = [27_182, 8, 1828, 45_904];
const DOWNLOADS = [31_415, 9, 2653, 58_979];
const PINGS = UPLOADS.map((size, index) => ({
  responseParameters: [{ size: DOWNLOADS[index] ?? 0 }],
  payload: zeros(size),
}));

type Sized = { payload: { body: Buffer | Uint8Array | string } | null };
const sizeOf = ({ payload }: Sized) => payload?.body.length ?? 0;

async function sizesOf(responses: AsyncIterable<Sized>): Promise<number[]> {
  const sizes: number[] = [];
  for await (const response of responses) sizes.push(sizeOf(response));
  return sizes;
}

async function* stream<Message>(...messages: Message[]) {
  yield* messages;
}

/** An iterable that never yields. */
async function* nothing() {
  await new Promise<never>(() => {});
  yield {};
}

async function failsWith(code: status, call: Promise<unknown>, details?: string): Promise<void> {
  const error: Partial<Record<'code' | 'details', unknown>> = await call.then(
    () => assert.fail(`the call ended well instead of with ${status[code]}`),
    (reason) => reason,
  );
  assert.equal(error.code, code, `${status[Number(error.code)]}: ${error.details ?? error}`);
  if (details !== undefined) assert.equal(error.details, details);
}

async function endsWithStatus({ client }: Caller, message: string): Promise<void> {
  const request = { responseStatus: { code: status.UNKNOWN, message } };
  await failsWith(status.UNKNOWN, client.UnaryCall(request), message);
  await failsWith(status.UNKNOWN, sizesOf(client.FullDuplexCall(stream(request))), message);
}

async function echoesMetadata(call: (options: CallOptions) => Promise<unknown>): Promise<void> {
  const metadata = new Metadata();
  metadata.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
  metadata.set('x-grpc-test-echo-trailing-bin', Buffer.from('ababab', 'hex'));
  let initial: unknown;
  let trailing: unknown;
  await call({
    metadata,
    onHeaders: (headers) => (initial = headers.get('x-grpc-test-echo-initial')),
    onTrailers: (trailers) => (trailing = trailers.get('x-grpc-test-echo-trailing-bin')),
  });
  assert.deepEqual(initial, ['test_initial_metadata_value']);
  assert.deepEqual(trailing, [Buffer.from('ababab', 'hex')]);
}

/** grpc-js's WriteFlags.NoCompress. A stream accepts it in place of an encoding. */
const NO_COMPRESS = '2' as BufferEncoding;

export const cases = {
  empty_unary: {
    async run({ client }) {
      assert.deepEqual({ ...(await client.EmptyCall({})) }, {});
    },
  },
  large_unary: {
    async run({ client }) {
      assert.equal(sizeOf(await client.UnaryCall(largeUnary)), LARGE_RESPONSE);
    },
  },
  client_streaming: {
    async run({ client }) {
      const requests = stream(...UPLOADS.map((size) => ({ payload: zeros(size) })));
      assert.equal((await client.StreamingInputCall(requests)).aggregatedPayloadSize, 74_922);
    },
  },
  server_streaming: {
    async run({ client }) {
      const responseParameters = DOWNLOADS.map((size) => ({ size }));
      assert.deepEqual(await sizesOf(client.StreamingOutputCall({ responseParameters })), DOWNLOADS);
    },
  },
  ping_pong: {
    async run({ client }) {
      let answered = () => {};
      async function* pings() {
        for (const ping of PINGS) {
          const answer = new Promise<void>((resolve) => (answered = resolve));
          yield ping;
          await answer;
        }
      }
      const sizes: number[] = [];
      for await (const response of client.FullDuplexCall(pings())) {
        sizes.push(sizeOf(response));
        answered();
      }
      assert.deepEqual(sizes, DOWNLOADS);
    },
  },
  empty_stream: {
    async run({ client }) {
      assert.deepEqual(await sizesOf(client.FullDuplexCall(stream())), []);
    },
  },
  timeout_on_sleeping_server: {
    async run({ client }) {
      async function* requests() {
        yield { payload: zeros(27_182) };
        yield* nothing();
      }
      await failsWith(status.DEADLINE_EXCEEDED, sizesOf(client.FullDuplexCall(requests(), { timeout: 1 })));
    },
  },
  cancel_after_begin: {
    async run({ client }) {
      const controller = new AbortController();
      const call = client.StreamingInputCall(nothing(), { signal: controller.signal });
      controller.abort();
      await failsWith(status.CANCELLED, call);
    },
  },
  cancel_after_first_response: {
    async run({ client }) {
      const controller = new AbortController();
      async function* requests() {
        yield* PINGS.slice(0, 1);
        yield* nothing();
      }
      let responses = 0;
      async function cancelAfterFirst() {
        for await (const _ of client.FullDuplexCall(requests(), { signal: controller.signal })) {
          responses++;
          controller.abort();
        }
      }
      await failsWith(status.CANCELLED, cancelAfterFirst());
      assert.equal(responses, 1);
    },
  },
  custom_metadata: {
    async run({ client }) {
      await echoesMetadata((options) => client.UnaryCall(largeUnary, options));
      const request = {
        responseParameters: [{ size: LARGE_RESPONSE }],
        payload: zeros(LARGE_REQUEST),
      };
      await echoesMetadata((options) => sizesOf(client.FullDuplexCall(stream(request), options)));
    },
  },
  status_code_and_message: {
    run: (caller) => endsWithStatus(caller, 'test status message'),
  },
  special_status_message: {
    run: (caller) =>
      endsWithStatus(caller, '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n'),
  },
  unimplemented_method: {
    run: ({ client }) => failsWith(status.UNIMPLEMENTED, client.UnimplementedCall({})),
  },
  unimplemented_service: {
    run: ({ unimplemented }) => failsWith(status.UNIMPLEMENTED, unimplemented.UnimplementedCall({})),
  },
  client_compressed_unary: {
    bytes: LARGE_REQUEST + 2 * LARGE_RESPONSE,
    async run({ client, compressing }) {
      for (const [caller, value] of [
        [compressing, true],
        [client, false],
      ] as const) {
        const response = await caller.UnaryCall({ ...largeUnary, expectCompressed: { value } });
        assert.equal(sizeOf(response), LARGE_RESPONSE);
      }
    },
  },
  client_compressed_streaming: {
    bytes: 45_904,
    async run({ generated }) {
      const size = await new Promise((resolve, reject) => {
        const call = generated.StreamingInputCall((error, response) =>
          error ? reject(error) : resolve(response?.aggregatedPayloadSize),
        );
        call.write({ expectCompressed: { value: true }, payload: zeros(27_182) });
        call.write({ expectCompressed: { value: false }, payload: zeros(45_904) }, NO_COMPRESS);
        call.end();
      });
      assert.equal(size, 73_086);
    },
  },
  server_compressed_unary: {
    bytes: 2 * LARGE_REQUEST + LARGE_RESPONSE,
    async run({ client }) {
      for (const value of [true, false]) {
        const response = await client.UnaryCall({ ...largeUnary, responseCompressed: { value } });
        assert.equal(sizeOf(response), LARGE_RESPONSE);
      }
    },
  },
  server_compressed_streaming: {
    bytes: 92_653,
    async run({ client }) {
      const responseParameters = [
        { size: 31_415, compressed: { value: true } },
        { size: 92_653, compressed: { value: false } },
      ];
      assert.deepEqual(await sizesOf(client.StreamingOutputCall({ responseParameters })), [31_415, 92_653]);
    },
  },
} satisfies Record<string, Case>;

export type CaseName = keyof typeof cases;
export const caseNames = Object.keys(cases) as CaseName[];
