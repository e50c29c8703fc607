import type { Attributes, Meter } from '@opentelemetry/api';
import type { Side } from './ending.ts';

/** The calls of one method: plain numbers, which are read when a program asks for the metrics. */
export interface MethodCounts {
  open: number;
  received: number;
  sent: number;
}

export interface Instruments {
  /** The counts of a method, to be changed in place. */
  of(method: string): MethodCounts;
  /** A call is over. */
  ended(seconds: number, attributes: Attributes): void;
}

// From the conventions for RPC metrics (https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/).
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const known: Record<Side, WeakMap<Meter, Instruments>> = { server: new WeakMap(), client: new WeakMap() };

/**
 * The metrics of one side. All clients of a program share them, and so do all its servers. Otherwise each would replace the
 * numbers of the others.
 */
export function instruments(side: Side, meter: Meter): Instruments {
  const shared = known[side].get(meter) ?? newInstruments(side, meter);
  known[side].set(meter, shared);
  return shared;
}

/**
 * The duration of calls, which the conventions have, and two metrics that they do not have: the calls that are open, and the
 * messages.
 *
 * Messages are counted in plain numbers. A counter of the SDK would cost more than the message itself.
 */
function newInstruments(side: Side, meter: Meter): Instruments {
  const methods = new Map<string, MethodCounts>();
  const duration = meter.createHistogram(`rpc.${side}.call.duration`, {
    description: 'Duration of calls that have ended.',
    unit: 's',
    advice: { explicitBucketBoundaries: BOUNDARIES },
  });
  const open = meter.createObservableUpDownCounter(`rpc.${side}.call.open`, {
    description: 'Calls that are open.',
    unit: '{call}',
  });
  const messages = meter.createObservableCounter(`rpc.${side}.call.messages`, {
    description: 'Messages that were sent and received.',
    unit: '{message}',
  });
  meter.addBatchObservableCallback(
    (result) => {
      for (const [method, counts] of methods) {
        const common = { 'rpc.system.name': 'grpc', 'rpc.method': method };
        result.observe(open, counts.open, common);
        result.observe(messages, counts.received, { ...common, 'rpc.message.type': 'RECEIVED' });
        result.observe(messages, counts.sent, { ...common, 'rpc.message.type': 'SENT' });
      }
    },
    [open, messages],
  );
  return {
    of(method) {
      const known = methods.get(method) ?? { open: 0, received: 0, sent: 0 };
      methods.set(method, known);
      return known;
    },
    ended: (seconds, attributes) => duration.record(seconds, attributes),
  };
}
