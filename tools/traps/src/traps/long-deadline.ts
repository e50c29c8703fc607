import type { Deadline } from '@grpc/grpc-js';
import { endingOf, nameOf } from '../ending.ts';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';

const DAY = 24 * 3600 * 1000;
// In days. 24.8 days are 2 ** 31 milliseconds.
const TIMEOUTS = [20, 30, 40, 50, 60];

interface Call {
  asked: number;
  /** How many days the server understood; undefined: no deadline. */
  taken: number | undefined;
  ending: string;
}

const daysUntil = (deadline: Deadline) => (Number(deadline) - Date.now()) / DAY;

function outcome(calls: Call[]): Outcome {
  const early = calls.filter(({ asked, taken }) => taken !== undefined && taken < asked - 1);
  const list = (items: (string | number)[]) => items.join(', ');
  return {
    wrong: early.length,
    of: calls.length,
    client: `set deadlines of ${list(TIMEOUTS)} days, and got ${list(calls.map(({ ending }) => ending))}`,
    server: `understood ${list(calls.map(({ taken }) => (taken === undefined ? 'no deadline' : `${taken.toFixed(1)} days`)))}`,
  };
}

export const longDeadline: Trap = {
  name: 'long-deadline',
  title: 'A deadline more than 24.8 days away comes too early',
  what: 'deadlines came too early',
  async bare() {
    let taken: number | undefined;
    await using bare = await startBare({
      Unary(call, callback) {
        taken = daysUntil(call.getDeadline());
        setTimeout(() => callback(null, {}), 50);
      },
    });
    const calls: Call[] = [];
    for (const days of TIMEOUTS) {
      const ending = await new Promise<string>((resolve) => {
        // #region bare
        const deadline = Date.now() + days * DAY;
        bare.client.unary({}, { deadline }, (error) => resolve(nameOf(error)));
        // #endregion bare
      });
      calls.push({ asked: days, taken, ending });
    }
    return outcome(calls);
  },
  async ours() {
    let taken: number | undefined;
    await using ours = await startOurs({
      async Unary(_, { deadline }) {
        taken = deadline && daysUntil(deadline);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return {};
      },
    });
    const calls: Call[] = [];
    for (const days of TIMEOUTS) {
      // #region ours
      const ending = await endingOf(ours.client.unary({}, { timeout: days * DAY }));
      // #endregion ours
      calls.push({ asked: days, taken, ending });
    }
    return outcome(calls);
  },
};
