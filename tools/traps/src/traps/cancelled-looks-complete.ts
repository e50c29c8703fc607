import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { SURELY, until } from '../until.ts';

const UPLOADS = 500;
const AT_ONCE = 25;
// In milliseconds.
const LATEST_CANCEL = 20;

/** Some uploads at a time: each of so many messages, to be cancelled so many milliseconds after its start. */
async function manyUploads(upload: (messages: number, moment: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < UPLOADS; first += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => upload(1 + index * 10, Math.random() * LATEST_CANCEL)),
    );
  }
}

/** What the handlers of one server saw. */
function account() {
  return { begun: 0, complete: 0, unflagged: 0, threw: 0 };
}

async function outcomeOf(seen: ReturnType<typeof account>): Promise<Outcome> {
  await until(() => seen.complete + seen.threw === seen.begun, SURELY);
  const doubt = seen.complete === 0 ? '' : ` (in ${seen.unflagged}, call.cancelled was still false)`;
  return {
    wrong: seen.complete,
    of: UPLOADS,
    client: `cancelled ${UPLOADS} uploads, each at a random moment`,
    server: `${seen.complete} loops ended normally${doubt}, ${seen.threw} threw`,
  };
}

export const cancelledLooksComplete: Trap = {
  name: 'cancelled-looks-complete',
  title: 'A cancelled upload looks complete',
  what: 'cancelled uploads looked complete to the server',
  async bare() {
    const seen = account();
    await using bare = await startBare({
      // #region bare
      async Upload(call, callback) {
        seen.begun++;
        try {
          let sequence = 0;
          for await (const _ of call) sequence++;
          seen.complete++;
          if (!call.cancelled) seen.unflagged++;
          callback(null, { sequence });
        } catch {
          seen.threw++;
        }
      },
      // #endregion bare
    });
    await manyUploads(
      (messages, moment) =>
        new Promise((resolve) => {
          const call = bare.client.upload(() => resolve());
          for (let sequence = 0; sequence < messages; sequence++) call.write({ sequence });
          setTimeout(() => call.cancel(), moment);
        }),
    );
    return await outcomeOf(seen);
  },
  async ours() {
    const seen = account();
    await using ours = await startOurs({
      // #region ours
      async Upload(requests) {
        seen.begun++;
        try {
          let sequence = 0;
          for await (const _ of requests) sequence++;
          seen.complete++;
          return { sequence };
        } catch (error) {
          seen.threw++;
          throw error;
        }
      },
      // #endregion ours
    });
    await manyUploads(async (messages, moment) => {
      const cancel = new AbortController();
      setTimeout(() => cancel.abort(), moment);
      async function* requests() {
        for (let sequence = 0; sequence < messages; sequence++) yield { sequence };
        await new Promise(() => {});
      }
      await ours.client.upload(requests(), { signal: cancel.signal }).catch(() => {});
    });
    return await outcomeOf(seen);
  },
};
