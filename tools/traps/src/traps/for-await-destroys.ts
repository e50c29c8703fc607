import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, until } from '../until.ts';

const CALLS = 10;
const requests = [{ sequence: 0 }, { sequence: 1 }, { sequence: 2 }];

function outcome(answers: number, ended: number, handled: number): Outcome {
  return {
    wrong: CALLS - ended,
    of: CALLS,
    client: `got ${answers} of ${CALLS * requests.length} answers, and the end of ${ended} of ${CALLS} calls`,
    server: `${handled} of ${CALLS} handlers ran to their last line`,
  };
}

export const forAwaitDestroys: Trap = {
  name: 'for-await-destroys',
  title: '`for await` on a bidirectional call destroys its writing side',
  what: 'calls hung after the last request',
  fixedInNode: 24,
  async bare() {
    let handled = 0;
    await using bare = await startBare({
      // #region bare
      async Exchange(call) {
        for await (const { sequence } of call) call.write({ sequence });
        call.end();
        handled++;
      },
      // #endregion bare
    });
    let answers = 0;
    let ended = 0;
    for (let sent = 0; sent < CALLS; sent++) {
      const call = bare.client.exchange();
      call.on('data', () => answers++);
      call.on('end', () => ended++);
      // The end of the trap shuts the server down, and the calls that hang fail.
      call.on('error', () => {});
      for (const request of requests) call.write(request);
      call.end();
    }
    await until(() => ended === CALLS, NEVER);
    return outcome(answers, ended, handled);
  },
  async ours() {
    let handled = 0;
    await using ours = await startOurs({
      // #region ours
      async *Exchange(received) {
        for await (const { sequence } of received) yield { sequence };
        handled++;
      },
      // #endregion ours
    });
    let answers = 0;
    let ended = 0;
    for (let sent = 0; sent < CALLS; sent++) {
      for await (const _ of ours.client.exchange(requests)) answers++;
      ended++;
    }
    return outcome(answers, ended, handled);
  },
};
