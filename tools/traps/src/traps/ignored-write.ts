import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';

const MESSAGES = 1000;
const message = { padding: Buffer.alloc(64 * 1024) };
/** How many messages the client reads. */
const READ = 10;
/** The messages that HTTP/2 allows on the way, and a few more on each side. */
const ENOUGH = 50;

function outcome(written: number): Outcome {
  return {
    wrong: Math.max(0, written - READ - ENOUGH),
    of: MESSAGES,
    client: `has read ${READ} messages of 64 KiB`,
    server: `has written ${written}`,
  };
}

export const ignoredWrite: Trap = {
  name: 'ignored-write',
  title: '`write` without waiting for "drain" fills the memory without limit',
  what: `messages filled the server's memory, besides the ${ENOUGH} that may be on their way`,
  async bare() {
    let written = 0;
    await using bare = await startBare({
      // #region bare
      Download(call) {
        for (; written < MESSAGES; written++) call.write(message);
        call.end();
      },
      // #endregion bare
    });
    let read = 0;
    for await (const _ of bare.client.download({})) if (++read === READ) break;
    return outcome(written);
  },
  async ours() {
    let written = 0;
    await using ours = await startOurs({
      // #region ours
      async *Download() {
        for (; written < MESSAGES; written++) yield message;
      },
      // #endregion ours
    });
    let read = 0;
    for await (const _ of ours.client.download({})) if (++read === READ) break;
    return outcome(written);
  },
};
