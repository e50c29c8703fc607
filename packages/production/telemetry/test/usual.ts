// What @opentelemetry/instrumentation-grpc records for cancelled calls of bare grpc-js, and what the middleware records.
//
//   pnpm exec tsx packages/production/telemetry/test/usual.ts
import './instrumented.ts';
import { once } from 'node:events';
import type * as Grpc from '@grpc/grpc-js';
import { connect, defineService, serve } from 'grpc-iterables';
import { ClientStream, ServerStream } from 'proto';
import { serverTelemetry } from '../server-telemetry.ts';
import { grpc, spans, tracerProvider, unregister } from './instrumented.ts';

const CALLS = 100;

/** Prints how the spans of `CALLS` calls stand some time after the last one. */
async function report(what: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const codes: Record<string, number> = {};
  for (const { attributes } of spans.ended) {
    const code =
      attributes['rpc.response.status_code'] ?? grpc.status[Number(attributes['rpc.grpc.status_code'])];
    codes[String(code)] = (codes[String(code)] ?? 0) + 1;
  }
  const found = Object.entries(codes).map(([code, count]) => `${count} ${code}`);
  console.log(
    `${what}: ${spans.started} server spans started, ${spans.ended.length} ended: ${found.join(', ') || 'none'}`,
  );
  spans.started = 0;
  spans.ended.length = 0;
}

const usual = new grpc.Server();
usual.addService(ServerStream.service, {
  // A feed with nothing to clean up.
  Pow(call: Grpc.ServerWritableStream<unknown, { number: number }>) {
    call.write({ number: 1 });
  },
});
usual.addService(ClientStream.service, {
  // The loop that people write.
  async Sum(
    call: Grpc.ServerReadableStream<{ data: string }, { sum: number }>,
    callback: Grpc.sendUnaryData<{ sum: number }>,
  ) {
    let sum = 0;
    try {
      for await (const { data } of call) sum += Number(data);
    } catch {
      // Cancelled.
    }
    callback(null, { sum });
  },
});
const port = await new Promise<number>((resolve, reject) =>
  usual.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
    error ? reject(error) : resolve(bound),
  ),
);

async function cancelDownloads(address: string): Promise<void> {
  await using client = connect(ServerStream, address);
  for (let call = 0; call < CALLS; call++) for await (const _ of client.pow({ number: 1 })) break;
}

async function cancelUploads(address: string): Promise<void> {
  await using client = connect(ClientStream, address);
  for (let call = 0; call < CALLS; call++) {
    const abort = new AbortController();
    const source = (async function* () {
      yield { data: 1 };
      // A call that is cancelled before its handler begins has no server span.
      while (spans.started === call) await new Promise(setImmediate);
      abort.abort();
    })();
    await client.sum(source, { signal: abort.signal }).catch(() => {});
  }
}

await cancelDownloads(`127.0.0.1:${port}`);
await report(`instrumentation-grpc, ${CALLS} cancelled downloads`);
await cancelUploads(`127.0.0.1:${port}`);
await report(`instrumentation-grpc, ${CALLS} cancelled uploads`);
usual.forceShutdown();
unregister();

const services = [
  defineService(ServerStream.service, {
    async *Pow(_: unknown, { signal }: { signal: AbortSignal }) {
      yield { number: 1 };
      if (!signal.aborted) await once(signal, 'abort');
    },
  }),
  defineService(ClientStream.service, {
    async Sum(requests: AsyncIterable<{ data: string }>) {
      let sum = 0;
      for await (const { data } of requests) sum += Number(data);
      return { sum };
    },
  }),
];
const tracer = tracerProvider.getTracer('middleware');
const server = await serve(services, { middleware: [serverTelemetry({ tracer })] });
await cancelDownloads(server.address);
await report(`this middleware, ${CALLS} cancelled downloads`);
await cancelUploads(server.address);
await report(`this middleware, ${CALLS} cancelled uploads`);
await server.shutdown();
