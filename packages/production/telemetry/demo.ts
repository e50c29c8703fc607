// Telemetry: the spans, the log lines and the metrics of a complete call and of a cancelled one. Start it with `pnpm production:telemetry`.
import { context, metrics, propagation, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { connect, defineService, serve } from 'grpc-iterables';
import { pino } from 'pino';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import { clientTelemetry } from './client-telemetry.ts';
import { loggedCalls, traceIds } from './logged-calls.ts';
import { serverTelemetry } from './server-telemetry.ts';

/** A trace has a random id. The demo counts the traces. */
const traces: string[] = [];
function traceNumber(id: string): number {
  if (!traces.includes(id)) traces.push(id);
  return traces.indexOf(id) + 1;
}
const printed: SpanProcessor = {
  onStart() {},
  onEnd(span) {
    const { 'rpc.response.status_code': code, 'rpc.response.messages': responses } = span.attributes;
    const number = traceNumber(span.spanContext().traceId);
    console.log(`trace ${number}: span of the ${SpanKind[span.kind]}: ${code}, responses: ${responses}`);
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
const printedLines = {
  write(line: string) {
    const { trace_id: id, msg, status = '' } = JSON.parse(line);
    console.log(`trace ${traceNumber(id)}: log line: ${msg} ${status}`.trimEnd());
  },
};
const reader = new PrometheusExporter({ preventServerStart: true });
async function printMetrics(): Promise<void> {
  const { resourceMetrics } = await reader.collect();
  for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)) {
    for (const { value, attributes } of dataPoints) {
      const { 'rpc.message.type': type = '' } = attributes;
      if (typeof value === 'number') console.log(`metric ${descriptor.name} ${type}`.trimEnd(), value);
    }
  }
}

// #region providers
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [printed] }));
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
// #endregion providers

// #region server
const logger = pino({ mixin: traceIds }, printedLines);
const service = defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
  async *Sqrt(requests) {
    for await (const { number } of requests) {
      logger.info(`calculates the root of ${number}`);
      yield { sqrt: Math.sqrt(number) };
    }
  },
});
const server = await serve([service], { middleware: [serverTelemetry(), loggedCalls(logger)] });
// #endregion server

// #region client
const middleware = [clientTelemetry(server.address)];
const client = connect(BidirectionalStreamServer, server.address, { middleware });
let sum = 0;
for await (const { sqrt } of client.sqrt([{ number: 4 }, { number: 9 }])) sum += sqrt;
console.log(`client: the sum of the roots is ${sum}`);
// #endregion client

async function* oneAndSilence() {
  yield { number: 16 };
  await new Promise(() => {});
}
for await (const { sqrt } of client.sqrt(oneAndSilence())) {
  console.log(`client: ${sqrt}; the stream is open`);
  await printMetrics();
  break;
}
await client.close();
await server.shutdown();
