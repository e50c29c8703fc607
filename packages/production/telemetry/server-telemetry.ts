import type { Metadata } from '@grpc/grpc-js';
import {
  type Meter,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  type TextMapGetter,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Middleware, ServerContext } from 'grpc-iterables';
import { instruments } from './instruments.ts';
import { methodOf, observed } from './observed-call.ts';

/** Where the spans and metrics go. Default: the providers that are registered by now. */
export interface Telemetry {
  tracer?: Tracer;
  meter?: Meter;
}

export const LIBRARY = 'grpc-streams';

const fromMetadata: TextMapGetter<Metadata> = {
  keys: (metadata) => Object.keys(metadata.getMap()),
  get: (metadata, key) => metadata.get(key).map(String),
};

/**
 * Server middleware: a span, the duration, the messages and the number of open calls, for each call.
 *
 * The span continues the trace that the client's `traceparent` names, and the handler runs in it. Make it the first
 * middleware, so that it sees calls that other middleware refuses. Register your providers before.
 *
 * @example
 * await serve([service], { middleware: [serverTelemetry()] });
 */
export function serverTelemetry({
  tracer = trace.getTracer(LIBRARY),
  meter = metrics.getMeter(LIBRARY),
}: Telemetry = {}): Middleware<ServerContext> {
  const recorded = instruments('server', meter);
  return (call, next) => {
    const { metadata, peer, signal } = call.context;
    const method = methodOf(call);
    const attributes = { 'rpc.system.name': 'grpc', 'rpc.method': method };
    function begin() {
      const parent = propagation.extract(ROOT_CONTEXT, metadata, fromMetadata);
      const options = { kind: SpanKind.SERVER, attributes: { ...attributes, ...peerAttributes(peer) } };
      const span = tracer.startSpan(method, options, parent);
      return { span, active: trace.setSpan(parent, span) };
    }
    return observed({ side: 'server', call, signal, instruments: recorded, attributes, begin }, next);
  };
}

/** Host and port of `10.0.0.1:4711`; an IPv6 address has colons of its own. */
function peerAttributes(peer: string) {
  const colon = peer.lastIndexOf(':');
  const port = Number(peer.slice(colon + 1));
  if (colon < 0 || !Number.isInteger(port)) return { 'network.peer.address': peer };
  return { 'network.peer.address': peer.slice(0, colon), 'network.peer.port': port };
}
