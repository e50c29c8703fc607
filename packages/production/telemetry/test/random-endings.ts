// Calls of all four kinds with random endings. Compares each span with what the code on its side saw.
//
//   pnpm exec tsx packages/production/telemetry/test/random-endings.ts --calls 20000
import { Metadata, status } from '@grpc/grpc-js';
import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import {
  type ClientContext,
  connect,
  defineService,
  type Middleware,
  type ServerContext,
  StatusError,
  serve,
} from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { clientTelemetry } from '../client-telemetry.ts';
import { serverTelemetry } from '../server-telemetry.ts';

const AT_ONCE = 20;
const { options } = program(
  'tsx packages/production/telemetry/test/random-endings.ts',
  'Compares the span of each call with what its code saw.',
)
  .option('--calls <number>', 'how many calls', parseWholeNumber, 20_000)
  .parse();
const total = options.calls;
const random = (below: number) => Math.floor(Math.random() * below);

/** The spans of one side by their trace, and the codes that the code of that side says a span may have. */
class Account {
  started = 0;
  readonly spans = new Map<string, ReadableSpan[]>();
  readonly truth = new Map<string, Set<string>>();
  readonly tracer = new BasicTracerProvider({
    spanProcessors: [
      {
        onStart: () => {
          this.started++;
        },
        onEnd: (span) => {
          const { traceId } = span.spanContext();
          this.spans.set(traceId, [...(this.spans.get(traceId) ?? []), span]);
        },
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
  }).getTracer('random-endings');

  /** Traces without exactly one span that has ended with a right code. */
  wrong(): string[] {
    return [...this.truth].flatMap(([trace, codes]) => {
      const spans = this.spans.get(trace) ?? [];
      const code = String(spans[0]?.attributes['rpc.response.status_code']);
      return spans.length === 1 && codes.has(code) ? [] : [`${spans.length} spans, ${code}: ${[...codes]}`];
    });
  }
}
const server = new Account();
const client = new Account();
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const traceOf = ({ metadata }: ServerContext | ClientContext) =>
  String(metadata.get('traceparent')[0]).split('-')[1] ?? '';

/** What a handler does, as its client asks for in the metadata: some messages, and then the ending. */
async function* played({ metadata, signal }: ServerContext) {
  const [rule, count] = String(metadata.get('play')[0]).split(' ');
  for (let sequence = 0; sequence < Number(count); sequence++) {
    yield { sequence };
    if (sequence % 3 === 2) await new Promise(setImmediate);
  }
  if (rule === 'status') throw new StatusError(status.NOT_FOUND, 'no such thing');
  if (rule === 'exception') throw new Error('a fault');
  if (rule === 'stall' && !signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
}

async function all(messages: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of messages);
}
const isEarly = ({ metadata }: ServerContext) => metadata.get('early').length > 0;

const service = defineService<StressHandlers>(
  Stress.service,
  {
    async Unary(_, context) {
      await all(played(context));
      return {};
    },
    Download: (_, context) => played(context),
    async Upload(requests, context) {
      if (!isEarly(context)) await all(requests);
      await all(played(context));
      return {};
    },
    async *Exchange(requests, context) {
      if (!isEarly(context)) for await (const _ of requests) yield {};
      yield* played(context);
    },
  },
  { onError: () => {} },
);

/** Behind the telemetry: notes what the handler saw. */
const noted: Middleware<ServerContext> = async function* (call, next) {
  const { signal } = call.context;
  const codes = new Set<string>();
  server.truth.set(traceOf(call.context), codes);
  const onAbort = () => codes.add(status[signal.reason.code] as string);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  try {
    yield* next(call);
    codes.add('OK');
  } catch (error) {
    if (!signal.aborted)
      codes.add(error instanceof StatusError ? (status[error.code] as string) : 'INTERNAL');
    throw error;
  }
};

const running = await serve([service], {
  middleware: [serverTelemetry({ tracer: server.tracer }), noted],
});
let lastTrace = '';
const remembered: Middleware<ClientContext> = (call, next) => {
  lastTrace = traceOf(call.context);
  return next(call);
};
const middleware = [clientTelemetry(running.address, { tracer: client.tracer }), remembered];
const newCaller = () => connect(Stress, running.address, { middleware });
let caller = newCaller();
const CALLS_OF_A_CONNECTION = 500;

/** Node's servers end a connection that resets about 1,000 streams at once. So each does not live long. */
function replaceCaller(): void {
  void caller.close();
  caller = newCaller();
}

class Thrown extends Error {}

async function* requests(throwsAt: number) {
  for (let sequence = 0; sequence < 10; sequence++) {
    if (sequence === throwsAt) throw new Thrown();
    yield { sequence };
    if (sequence % 3 === 2) await new Promise(setImmediate);
  }
}

/** One call; resolves with the code that its caller saw. A caller that stops, or whose requests throw, has cancelled. */
async function call(): Promise<string> {
  const rule = ['complete', 'status', 'exception', 'stall'][random(4)];
  const metadata = new Metadata();
  metadata.set('play', `${rule} ${random(20)}`);
  if (random(4) === 0) metadata.set('early', 'yes');
  const abort = new AbortController();
  const outside = random(3);
  // A handler that stalls needs another side that ends it.
  const aborts = outside === 0 || (outside === 2 && rule === 'stall');
  const timer = aborts ? setTimeout(() => abort.abort(), random(50)) : undefined;
  const options = { metadata, signal: abort.signal, ...(outside === 1 ? { timeout: 1 + random(50) } : {}) };
  const leaveAfter = random(3) === 0 ? random(10) : Number.POSITIVE_INFINITY;
  const source = requests(random(3) === 0 ? random(10) : -1);
  let received = 0;
  try {
    const kind = random(4);
    if (kind === 0) await caller.unary({}, options);
    else if (kind === 1) await caller.upload(source, options);
    else {
      const stream = kind === 2 ? caller.download({}, options) : caller.exchange(source, options);
      for await (const _ of stream) if (received++ >= leaveAfter) return 'CANCELLED';
    }
    return 'OK';
  } catch (error) {
    if (error instanceof StatusError) return status[error.code] as string;
    if (error instanceof Thrown) return 'CANCELLED';
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

let left = total;
async function worker(): Promise<void> {
  while (left-- > 0) {
    if (left % CALLS_OF_A_CONNECTION === 0) replaceCaller();
    const ended = call();
    const trace = lastTrace;
    client.truth.set(trace, new Set([await ended]));
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
await caller.close();
await running.shutdown();
// The server takes some turns of the event loop to find out why its last calls were cut.
const latest = Date.now() + 5000;
while (server.spans.size < server.started && Date.now() < latest) await new Promise(setImmediate);

for (const [name, account] of Object.entries({ client, server })) {
  const wrong = account.wrong();
  const spans = [...account.spans.values()].flat();
  const codes: Record<string, number> = {};
  for (const { attributes } of spans) {
    const code = String(attributes['rpc.response.status_code']);
    codes[code] = (codes[code] ?? 0) + 1;
  }
  console.log(
    `${name}: ${account.truth.size} calls, ${account.started} spans started, ${spans.length} ended, ${wrong.length} wrong`,
  );
  console.log(
    `  ${Object.entries(codes)
      .map(([code, calls]) => `${code} ${calls}`)
      .join(', ')}`,
  );
  for (const text of wrong.slice(0, 10)) console.log(`  ${text}`);
  if (wrong.length > 0 || account.started !== spans.length) process.exitCode = 1;
}
const strangers = [...server.spans].filter(
  ([trace, [span]]) => span?.parentSpanContext?.spanId !== client.spans.get(trace)?.[0]?.spanContext().spanId,
);
console.log(`${strangers.length} server spans without the client's span as their parent`);
if (strangers.length > 0) process.exitCode = 1;
