// What the telemetry costs a message and a call, with the SDK's tracer and meter and without an exporter.
//
//   pnpm bench:telemetry
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import {
  type ClientContext,
  connect,
  defineService,
  type Middleware,
  type ServerContext,
  serve,
} from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { clientTelemetry } from '../telemetry/client-telemetry.ts';
import { serverTelemetry } from '../telemetry/server-telemetry.ts';

const MESSAGES = 100_000;
const CALLS = 3000;
const ROUNDS = 5;
const telemetry = {
  tracer: new BasicTracerProvider().getTracer('cost'),
  meter: new MeterProvider().getMeter('cost'),
};
const service = defineService<ServerStreamHandlers>(ServerStream.service, {
  async *Pow({ count }) {
    for (let number = 0; number < count; number++) yield { number };
  },
});

interface Around {
  server: Middleware<ServerContext>[];
  client: Middleware<ClientContext>[];
}
const passServer: Middleware<ServerContext> = async function* (call, next) {
  yield* next(call);
};
const passClient: Middleware<ClientContext> = async function* (call, next) {
  yield* next(call);
};
const variants: Record<string, Around> = {
  'no middleware': { server: [], client: [] },
  'middleware that passes on': { server: [passServer], client: [passClient] },
  'telemetry on the server': { server: [serverTelemetry(telemetry)], client: [] },
  'telemetry on both sides': {
    server: [serverTelemetry(telemetry)],
    client: [clientTelemetry('cost', telemetry)],
  },
};

/** Microseconds for each message of a long stream, and for each call of one message. */
async function measure({ server: around, client: around2 }: Around): Promise<[number, number]> {
  const server = await serve([service], { middleware: around });
  const client = connect(ServerStream, server.address, { middleware: around2 });
  const read = async (count: number) => {
    for await (const _ of client.pow({ count }));
  };
  await read(1000);
  const begun = performance.now();
  await read(MESSAGES);
  const streamed = performance.now();
  for (let call = 0; call < CALLS; call++) await read(1);
  const called = performance.now();
  await client.close();
  await server.shutdown();
  return [((streamed - begun) * 1000) / MESSAGES, ((called - streamed) * 1000) / CALLS];
}

// Interleaved, so that what else the machine does falls on all of them.
const results = new Map<string, [number, number][]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, around] of Object.entries(variants)) {
    results.set(name, [...(results.get(name) ?? []), await measure(around)]);
  }
}
const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
for (const [name, pairs] of results) {
  const message = median(pairs.map(([each]) => each));
  const call = median(pairs.map(([, each]) => each));
  console.log(`${name}: ${message.toFixed(2)} µs a message, ${call.toFixed(0)} µs a call`);
}
