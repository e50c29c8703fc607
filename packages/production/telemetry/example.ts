// The code that the README shows. Start it with a collector or a Prometheus server of yours, or with none.
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { connect, defineService, serve } from 'grpc-iterables';
import { pino } from 'pino';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { clientTelemetry } from './client-telemetry.ts';
import { loggedCalls, traceIds } from './logged-calls.ts';
import { serverTelemetry } from './server-telemetry.ts';

// #region providers
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const batches = new BatchSpanProcessor(new OTLPTraceExporter());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [batches] }));
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [new PrometheusExporter({ port: 9464 })] }));
// #endregion providers

// #region server
const logger = pino({ mixin: traceIds });
const service = defineService<ServerStreamHandlers>(ServerStream.service, {
  async *Pow({ number }) {
    yield { number: 1 };
    logger.info({ number }, 'the first power is sent');
    yield { number };
  },
});
const server = await serve([service], {
  middleware: [serverTelemetry(), loggedCalls(logger)],
  handleSignals: true,
});
// #endregion server

// #region client
const client = connect(ServerStream, server.address, { middleware: [clientTelemetry(server.address)] });
for await (const { number } of client.pow({ number: 2 })) console.log(number);
// #endregion client
await client.close();
