import { once } from 'node:events';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, until } from '../until.ts';

const MESSAGES = 2000;
const message = { padding: Buffer.alloc(1024) };
/** 64 KiB that HTTP/2 allows on the way, twice as much in the sender, and a few messages more. */
const ENOUGH = 300;

function outcome(taken: number): Outcome {
  return {
    wrong: Math.max(0, taken - ENOUGH),
    of: MESSAGES,
    client: `took ${taken} messages of 1 KiB from its source, and waited for "drain" each time that it should`,
    server: 'read none',
  };
}

export const retryBuffer: Trap = {
  name: 'retry-buffer',
  title: 'The first MiB of an upload has no backpressure',
  what: `messages were accepted without a wait, besides the ${ENOUGH} that may be on their way`,
  async bare() {
    await using bare = await startBare({ Upload: () => {} });
    const call = bare.client.upload(() => {});
    let taken = 0;
    void (async () => {
      // #region bare
      for (; taken < MESSAGES; taken++) {
        if (!call.write(message)) await once(call, 'drain');
      }
      // #endregion bare
    })();
    await until(() => taken === MESSAGES, NEVER);
    call.cancel();
    return outcome(taken);
  },
  async ours() {
    await using ours = await startOurs({
      Upload: (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    let taken = 0;
    async function* requests() {
      for (; taken < MESSAGES; taken++) yield message;
    }
    const cancel = new AbortController();
    const upload = ours.client.upload(requests(), { signal: cancel.signal }).catch(() => {});
    await until(() => taken === MESSAGES, NEVER);
    cancel.abort();
    await upload;
    return outcome(taken);
  },
};
