import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, until } from '../until.ts';

const CALLS = 50;

function outcome(cancelled: number): Outcome {
  return {
    wrong: cancelled,
    of: CALLS,
    client: `read ${CALLS} streams to their end`,
    server: `was told ${cancelled} times that a call was cancelled`,
  };
}

export const cancelledAfterSuccess: Trap = {
  name: 'cancelled-after-success',
  title: 'The event "cancelled" also comes after calls that ended well',
  what: 'calls that ended well looked cancelled to the server',
  async bare() {
    let cancelled = 0;
    await using bare = await startBare({
      // #region bare
      Download(call) {
        call.on('cancelled', () => cancelled++);
        call.write({});
        call.end();
      },
      // #endregion bare
    });
    for (let call = 0; call < CALLS; call++) for await (const _ of bare.client.download({}));
    await until(() => cancelled === CALLS, NEVER);
    return outcome(cancelled);
  },
  async ours() {
    let cancelled = 0;
    await using ours = await startOurs({
      // #region ours
      async *Download(_, { signal }) {
        signal.addEventListener('abort', () => cancelled++);
        yield {};
      },
      // #endregion ours
    });
    for (let call = 0; call < CALLS; call++) for await (const _ of ours.client.download({}));
    // After this no call is open, so nothing can be counted late.
    await ours.server.shutdown();
    return outcome(cancelled);
  },
};
