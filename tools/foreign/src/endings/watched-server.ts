// A server in Node that prints what its handlers see of each call, for the tests of how calls end.
//   watched-server.ts grpc-js | serve
// It prints `begun ID` with a call's first request, and when its loop over the requests is over
// `saw ID ended|threw|left active|cancelled`: how the loop ended, and whether the call counts as cancelled at that moment.
import { type Metadata, status } from '@grpc/grpc-js';
import { defineService, serve } from 'grpc-iterables';
import { serveBare } from '../bare-server.ts';
import { type ServedHandlers, handlers as served, servedDefinition } from '../interop/handlers.ts';

interface WatchedContext {
  readonly metadata: Metadata;
  cancelled(): boolean;
}

/** Reads the requests, or does what the call's metadata says after the first one; resolves with no responses. */
async function watch(
  requests: AsyncIterable<unknown>,
  { metadata, cancelled }: WatchedContext,
): Promise<never[]> {
  const [id] = metadata.get('x-call');
  const [task] = metadata.get('x-do');
  let loop = 'threw';
  try {
    let begun = false;
    for await (const _ of requests) {
      if (!begun) console.log(`begun ${id}`);
      begun = true;
      if (task === 'read') continue;
      loop = 'left';
      if (task === 'answer') return [];
      throw Object.assign(new Error('as told'), { code: status.FAILED_PRECONDITION, details: 'as told' });
    }
    loop = 'ended';
    return [];
  } finally {
    console.log(`saw ${id} ${loop} ${cancelled() ? 'cancelled' : 'active'}`);
  }
}

async function startBare(): Promise<string> {
  const { server, address } = await serveBare(servedDefinition, {
    async StreamingInputCall(requests: AsyncIterable<unknown>, context) {
      await watch(requests, context);
      return {};
    },
    async *FullDuplexCall(requests: AsyncIterable<unknown>, context) {
      yield* await watch(requests, context);
    },
  });
  process.once('SIGTERM', () => server.forceShutdown());
  return address;
}

async function startOurs(): Promise<string> {
  const service = defineService<ServedHandlers>(servedDefinition, {
    ...served,
    async StreamingInputCall(requests, { metadata, signal }) {
      await watch(requests, { metadata, cancelled: () => signal.aborted });
      return {};
    },
    async *FullDuplexCall(requests, { metadata, signal }) {
      yield* await watch(requests, { metadata, cancelled: () => signal.aborted });
    },
  });
  const server = await serve([service], { gracePeriod: 0 });
  process.once('SIGTERM', () => void server.shutdown());
  return server.address;
}

const [library] = process.argv.slice(2);
const address = await (library === 'serve' ? startOurs() : startBare());
console.log(`Serving ${library} on ${address}`);
