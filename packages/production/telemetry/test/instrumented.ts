// For usual.ts: grpc-js as @opentelemetry/instrumentation-grpc changes it. To be imported before anything that uses grpc-js.
import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import { SpanKind } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** The server spans so far. */
export const spans = { started: 0, ended: [] as ReadableSpan[] };

export const tracerProvider = new BasicTracerProvider({
  spanProcessors: [
    {
      onStart(span) {
        if (span.kind === SpanKind.SERVER) spans.started++;
      },
      onEnd(span) {
        if (span.kind === SpanKind.SERVER) spans.ended.push(span);
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    },
  ],
});

/** Takes the instrumentation away again. */
export const unregister = registerInstrumentations({
  tracerProvider,
  instrumentations: [new GrpcInstrumentation()],
});

// It sees only what is loaded with require.
const require = createRequire(import.meta.url);
export const grpc: typeof Grpc = require('@grpc/grpc-js');
