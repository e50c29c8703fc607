// Makes calls while the collector accepts connections and never answers. Prints the heap after each round.
//
//   pnpm exec tsx packages/production/telemetry/test/collector-away.ts --calls 20000
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import { connect, defineService, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import { clientTelemetry } from '../client-telemetry.ts';
import { serverTelemetry } from '../server-telemetry.ts';

const ROUNDS = 4;
const { options } = program(
  'tsx packages/production/telemetry/test/collector-away.ts',
  'Makes calls while the collector of spans does not answer.',
)
  .option('--calls <number>', 'how many calls', parseWholeNumber, 20_000)
  .parse();
const each = Math.floor(options.calls / ROUNDS);

const sockets = new Set<Socket>();
const collector = createServer((socket) => sockets.add(socket.resume())).listen(0, '127.0.0.1');
await once(collector, 'listening');
const { port } = collector.address() as { port: number };
const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}/v1/traces` });
const tracer = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] }).getTracer(
  'away',
);

const service = defineService(ServerStream.service, {
  async *Pow() {
    yield { number: 1 };
  },
});
const server = await serve([service], { middleware: [serverTelemetry({ tracer })] });
const client = connect(ServerStream, server.address, {
  middleware: [clientTelemetry(server.address, { tracer })],
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
let completed = 0;
const heaps: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  for (let call = 0; call < each; call++) for await (const _ of client.pow({})) completed++;
  collectGarbage();
  heaps.push(process.memoryUsage().heapUsed / 1024 / 1024);
}
console.log(`${completed} of ${each * ROUNDS} calls completed, ${sockets.size} connections to the collector`);
console.log(`heap after each ${each}: ${heaps.map((heap) => heap.toFixed(1)).join(' ')} MiB`);
await client.close();
await server.shutdown();
// The last export would wait for the collector.
process.exit();
