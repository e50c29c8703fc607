import fc from 'fast-check';

export type Kind = 'unary' | 'download' | 'upload' | 'exchange';

/** Which side ends a call, and how. */
export type Ending =
  | 'complete'
  | 'client breaks'
  | 'client aborts'
  | 'requests throw'
  | 'deadline'
  | 'status'
  | 'exception'
  | 'early answer';

/** The plan of one call. The client sends it to the server with the first request. */
export interface Plan {
  id: number;
  kind: Kind;
  ending: Ending;
  /** How many requests the client wants to send. 1 if the kind of call has only one. */
  requests: number;
  /** How many responses the server wants to send. 1 if the kind of call has only one. */
  responses: number;
  /** After how many messages the ending comes. It is lower than the number of messages in the plan. */
  moment: number;
  /** Milliseconds from `moment` to the ending, so that aborts fall between any two steps. Also the length of a deadline. */
  delay: number;
  /** Bytes of each message. */
  padding: number;
  /** Milliseconds between two messages; 0 means without a pause. */
  clientPace: number;
  serverPace: number;
}

export const endings: Record<Kind, readonly Ending[]> = {
  unary: ['complete', 'client aborts', 'deadline', 'status', 'exception'],
  download: ['complete', 'client breaks', 'client aborts', 'deadline', 'status', 'exception'],
  upload: ['complete', 'client aborts', 'requests throw', 'deadline', 'status', 'exception', 'early answer'],
  exchange: [
    'complete',
    'client breaks',
    'client aborts',
    'requests throw',
    'deadline',
    'status',
    'exception',
    'early answer',
  ],
};

const manyRequests = (kind: Kind) => kind === 'upload' || kind === 'exchange';
const kinds = Object.keys(endings) as Kind[];

function planOf(kind: Kind, ending: Ending): fc.Arbitrary<Omit<Plan, 'id'>> {
  const pace = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ max: 5, min: 1 }) },
  );
  return fc
    .record({
      messages: fc.oneof(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 20, max: 300 })),
      fraction: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })),
      padding: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ max: 100, min: 0 }) },
        { weight: 1, arbitrary: fc.integer({ min: 100, max: 100_000 }) },
      ),
      clientPace: pace,
      serverPace: pace,
    })
    .map(({ messages, fraction, delay, padding, clientPace, serverPace }) => {
      // Calls with large messages have few of them, and slow streams are short. So no call takes seconds.
      const count = Math.max(
        2,
        Math.min(messages, padding > 1000 ? 20 : 300, clientPace + serverPace > 0 ? 30 : 300),
      );
      return {
        kind,
        ending,
        requests: manyRequests(kind) ? count : 1,
        responses: kind === 'download' || kind === 'exchange' ? count : 1,
        moment: 1 + Math.floor(fraction * (count - 1)),
        delay,
        padding,
        clientPace,
        serverPace,
      };
    });
}

/** Plans of all kinds and endings, about the same number of each. The same seed makes the same plans. */
export function randomPlans(count: number, seed: number): Plan[] {
  const pairs = kinds.flatMap((kind) => endings[kind].map((ending) => planOf(kind, ending)));
  return fc.sample(fc.oneof(...pairs), { numRuns: count, seed }).map((plan, id) => ({ ...plan, id }));
}

/** Slow plans that would all end well. They are open when something happens to the whole process or connection. */
export function longPlans(count: number, seed: number, firstId: number): Plan[] {
  const pairs = kinds.map((kind) => planOf(kind, 'complete'));
  return fc.sample(fc.oneof(...pairs), { numRuns: count, seed }).map((plan, index) => ({
    ...plan,
    id: firstId + index,
    serverPace: plan.serverPace + 5,
    clientPace: plan.clientPace + 5,
  }));
}
