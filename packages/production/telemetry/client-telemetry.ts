import type { Metadata } from '@grpc/grpc-js';
import { context, metrics, propagation, SpanKind, type TextMapSetter, trace } from '@opentelemetry/api';
import type { ClientContext, Middleware } from 'grpc-iterables';
import { instruments } from './instruments.ts';
import { methodOf, observed } from './observed-call.ts';
import { LIBRARY, type Telemetry } from './server-telemetry.ts';

const toMetadata: TextMapSetter<Metadata> = {
  set: (metadata, key, value) => metadata.set(key, value),
};

/**
 * Client middleware: a span, the duration, the messages and the number of open calls, for each call. The server gets
 * the span as `traceparent`, so that its own span belongs to the same trace.
 *
 * @param server what the server is called in the telemetry: `host:port`, or a name
 *
 * @example
 * connect(ServerStream, '127.0.0.1:8082', { middleware: [clientTelemetry('127.0.0.1:8082')] });
 */
export function clientTelemetry(
  server: string,
  { tracer = trace.getTracer(LIBRARY), meter = metrics.getMeter(LIBRARY) }: Telemetry = {},
): Middleware<ClientContext> {
  const recorded = instruments('client', meter);
  const address = addressAttributes(server);
  return (call, next) => {
    const { metadata, signal } = call.context;
    const method = methodOf(call);
    const attributes = { 'rpc.system.name': 'grpc', 'rpc.method': method, ...address };
    function begin() {
      const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes });
      const active = trace.setSpan(context.active(), span);
      propagation.inject(active, metadata, toMetadata);
      return { span, active };
    }
    return observed({ side: 'client', call, signal, instruments: recorded, attributes, begin }, next);
  };
}

function addressAttributes(server: string) {
  const [, host = server, port] = /^(.*):(\d+)$/.exec(server) ?? [];
  return { 'server.address': host, ...(port === undefined ? {} : { 'server.port': Number(port) }) };
}
