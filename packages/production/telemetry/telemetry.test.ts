import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { context, propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { startProgram } from 'cli/testing';
import { connect, defineService, type ServerContext, StatusError, serve } from 'grpc-iterables';
import { pino } from 'pino';
import { BidirectionalStreamServer, ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { clientTelemetry } from './client-telemetry.ts';
import { loggedCalls, traceIds } from './logged-calls.ts';
import { serverTelemetry } from './server-telemetry.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

type Pow = (request: { count: number }, context: ServerContext) => AsyncIterable<{ number: number }>;

async function started(t: TestContext, pow?: Pow) {
  const exporter = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer(
    'test',
  );
  const reader = new PrometheusExporter({ preventServerStart: true });
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ mixin: traceIds }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const powers = defineService<ServerStreamHandlers>(
    ServerStream.service,
    {
      Pow:
        pow ??
        async function* ({ count }) {
          yield { number: 1 };
          logger.info('between two messages');
          if (count === 2) throw new StatusError(status.NOT_FOUND, 'no such number');
          if (count === 3) throw new Error('/secret/path');
          yield { number: 2 };
        },
    },
    { onError: () => {} },
  );
  const roots = defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests) {
      for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
    },
  });
  const server = await serve([powers, roots], {
    middleware: [serverTelemetry({ tracer, meter }), loggedCalls(logger)],
  });
  const middleware = () => [clientTelemetry(server.address, { tracer, meter })];
  const clients = {
    powers: connect(ServerStream, server.address, { middleware: middleware() }),
    roots: connect(BidirectionalStreamServer, server.address, { middleware: middleware() }),
    otherRoots: connect(BidirectionalStreamServer, server.address, { middleware: middleware() }),
  };
  t.after(async () => {
    await server.shutdown();
    for (const client of Object.values(clients)) await client.close();
  });
  /** The span of one side, once it has ended. */
  async function span(kind: SpanKind) {
    for (;;) {
      const found = exporter.getFinishedSpans().find((one) => one.kind === kind);
      if (found) return found;
      await new Promise(setImmediate);
    }
  }
  return { ...clients, server, span, lines, reader };
}

async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}

test('spans have the names and attributes of the conventions', async (t) => {
  const { powers, server, span } = await started(t);
  await assert.rejects(all(powers.pow({ number: 1, count: 2 })));
  const [ours, theirs] = [await span(SpanKind.CLIENT), await span(SpanKind.SERVER)];
  const [, port] = server.address.split(':');
  const common = {
    'rpc.system.name': 'grpc',
    'rpc.method': 'stream.ServerStream/Pow',
    'rpc.response.status_code': 'NOT_FOUND',
    'rpc.request.messages': 1,
    'rpc.response.messages': 1,
  };
  for (const { name } of [ours, theirs]) assert.equal(name, 'stream.ServerStream/Pow');
  assert.deepEqual(ours.attributes, {
    ...common,
    'server.address': '127.0.0.1',
    'server.port': Number(port),
    'error.type': 'NOT_FOUND',
  });
  assert.equal(ours.status.code, SpanStatusCode.ERROR);
  // What the client asked for in vain is not a fault of the server.
  assert.equal(theirs.status.code, SpanStatusCode.UNSET);
  const { 'network.peer.port': peerPort, ...rest } = theirs.attributes;
  assert.equal(typeof peerPort, 'number');
  assert.deepEqual(rest, { ...common, 'network.peer.address': '127.0.0.1' });
});

test("the client's span, the server's span and every line that the handler logs have one trace", async (t) => {
  const { powers, span, lines } = await started(t);
  await all(powers.pow({ number: 1 }));
  const [ours, theirs] = [await span(SpanKind.CLIENT), await span(SpanKind.SERVER)];
  const { traceId, spanId } = theirs.spanContext();
  assert.equal(traceId, ours.spanContext().traceId);
  assert.equal(theirs.parentSpanContext?.spanId, ours.spanContext().spanId);
  assert.deepEqual(
    lines.map((line) => [line.msg, line.trace_id, line.span_id]),
    [
      ['between two messages', traceId, spanId],
      ['call ended', traceId, spanId],
    ],
  );
  assert.equal(lines[1]?.status, 'OK');
});

test('a call that a handler makes belongs to the trace of its own call', async (t) => {
  const behind = await started(t);
  const { powers, span } = await started(t, async function* () {
    yield { number: 1 };
    for await (const { number } of behind.powers.pow({ number: 1 })) yield { number: Number(number) };
  });
  await all(powers.pow({ number: 1 }));
  const [first, last] = [await span(SpanKind.SERVER), await behind.span(SpanKind.CLIENT)];
  assert.equal(last.spanContext().traceId, first.spanContext().traceId);
  assert.equal(last.parentSpanContext?.spanId, first.spanContext().spanId);
});

test('calls of a client that sends no traceparent, or garbage, begin a trace', async (t) => {
  const { server, span } = await started(t);
  await using plain = connect(ServerStream, server.address);
  const metadata = new Metadata();
  metadata.set('traceparent', '00-zzz-0-');
  await all(plain.pow({ number: 1 }, { metadata }));
  assert.equal((await span(SpanKind.SERVER)).parentSpanContext, undefined);
});

describe('a log line', () => {
  test("of the server's own failure is an error with its cause; the span has it too", async (t) => {
    const { powers, lines, span } = await started(t);
    await assert.rejects(all(powers.pow({ number: 1, count: 3 })), { code: status.INTERNAL });
    const theirs = await span(SpanKind.SERVER);
    assert.equal(theirs.status.code, SpanStatusCode.ERROR);
    assert.equal(theirs.attributes['error.type'], 'Error');
    const [, line] = lines as [unknown, { level: number; status: string; err: { message: string } }];
    assert.deepEqual([line.level, line.status, line.err.message], [50, 'INTERNAL', '/secret/path']);
  });
  test('has no metadata of the call', async (t) => {
    const { powers, lines } = await started(t);
    const metadata = new Metadata();
    metadata.set('authorization', 'Bearer secret');
    await all(powers.pow({ number: 1 }, { metadata }));
    assert.doesNotMatch(JSON.stringify(lines), /secret/);
  });
});

test('a scrape shows open calls and their messages while they run, and durations when they have ended', async (t) => {
  const { roots, otherRoots, reader, span } = await started(t);
  const endpoint = createServer((request, response) => reader.getMetricsRequestHandler(request, response));
  endpoint.listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  t.after(() => endpoint.close());
  const { port } = endpoint.address() as { port: number };
  /** The value of a line such as `name{labels} 7 time`. */
  async function value(name: string, label: string): Promise<string | undefined> {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(`${name}{`) && one.includes(label));
    return /\} (\S+)/.exec(line ?? '')?.[1];
  }

  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  async function* numbers() {
    yield* [{ number: 4 }, { number: 9 }];
    await finished;
  }
  const streams = [roots, otherRoots].map((client) => client.sqrt(numbers()));
  for (const stream of streams) {
    await stream.next();
    await stream.next();
  }
  const sqrt = 'rpc_method="stream.BidirectionalStreamServer/Sqrt"';
  assert.equal(await value('rpc_server_call_open', sqrt), '2');
  assert.equal(await value('rpc_client_call_open', sqrt), '2');
  assert.equal(await value('rpc_server_call_messages_total', 'rpc_message_type="RECEIVED"'), '4');
  assert.equal(await value('rpc_client_call_messages_total', 'rpc_message_type="RECEIVED"'), '4');
  assert.equal(await value('rpc_server_call_duration_count', sqrt), undefined);
  finish();
  for (const stream of streams) await stream.next();
  while ((await value('rpc_server_call_duration_count', 'rpc_response_status_code="OK"')) !== '2')
    await span(SpanKind.SERVER);
  assert.equal(await value('rpc_server_call_open', sqrt), '0');
  assert.equal(await value('rpc_client_call_open', sqrt), '0');
});

test('each of many random endings has one span on each side, with the status that its side saw', async (t) => {
  const run = startProgram(t, new URL('./test/random-endings.ts', import.meta.url), '--calls', '1000');
  assert.equal(await run.exit, 0, [...run.output, ...run.errors].join('\n'));
  await run.line(/^client: 1000 calls, 1000 spans started, 1000 ended, 0 wrong$/);
  await run.line(/^server: \d+ calls, \d+ spans started, \d+ ended, 0 wrong$/);
});

test('with a collector that is away calls continue, and memory stays bounded', async (t) => {
  const run = startProgram(t, new URL('./test/collector-away.ts', import.meta.url), '--calls', '6000');
  assert.equal(await run.exit, 0, run.errors.join('\n'));
  await run.line(/^6000 of 6000 calls completed/);
  const [, first, last] = await run.line(/: (\S+) .* (\S+) MiB$/);
  assert.ok(Number(last) - Number(first) < 5, `from ${first} to ${last} MiB`);
});

test('the server spans of cancelled downloads and uploads end with CANCELLED', async (t) => {
  const run = startProgram(t, new URL('./test/usual.ts', import.meta.url));
  assert.equal(await run.exit, 0, run.errors.join('\n'));
  for (const kind of ['downloads', 'uploads']) {
    await run.line(
      new RegExp(
        `^this middleware, 100 cancelled ${kind}: 100 server spans started, 100 ended: 100 CANCELLED$`,
      ),
    );
  }
});
