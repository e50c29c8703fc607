import { once } from 'node:events';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, SURELY, until } from '../until.ts';

const CALLS = 10;

function outcome(stopped: number): Outcome {
  return {
    wrong: CALLS - stopped,
    of: CALLS,
    client: `left ${CALLS} loops after one response`,
    server: `stopped ${stopped} of its ${CALLS} streams`,
  };
}

export const breakLeaks: Trap = {
  name: 'break-leaks',
  title: '`break` in the client does not cancel the call',
  what: 'streams continued after the client had left its loop',
  async bare() {
    let stopped = 0;
    await using bare = await startBare({
      async Download(call) {
        call.on('cancelled', () => stopped++);
        for (;;) if (!call.write({})) await once(call, 'drain');
      },
    });
    for (let call = 0; call < CALLS; call++) {
      // #region both
      for await (const _ of bare.client.download({})) break;
      // #endregion both
    }
    await until(() => stopped === CALLS, NEVER);
    return outcome(stopped);
  },
  async ours() {
    let stopped = 0;
    await using ours = await startOurs({
      // #region server
      async *Download() {
        try {
          for (;;) yield {};
        } finally {
          stopped++;
        }
      },
      // #endregion server
    });
    for (let call = 0; call < CALLS; call++) {
      for await (const _ of ours.client.download({})) break;
    }
    await until(() => stopped === CALLS, SURELY);
    return outcome(stopped);
  },
};
