import { setImmediate as nextTurn } from 'node:timers/promises';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';

const UPLOADS = 300;
const what = 'cancelled uploads looked complete to the server';

/** Uploads of some messages, twenty at once, each to be cancelled a random time after its start. */
async function manyUploads(upload: (messages: number, moment: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < UPLOADS; first += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => upload(index * 10, Math.floor(Math.random() * 20))),
    );
  }
}

export const cancelledLooksComplete: Trap = {
  name: 'cancelled-looks-complete',
  title: 'A cancelled upload looks complete',
  async bare() {
    let complete = 0;
    const { client, close } = await bareSides({
      async Upload(call, callback) {
        try {
          for await (const _ of call) await nextTurn();
          complete++;
          callback(null, {});
        } catch {
          // This one was seen to be cancelled.
        }
      },
    });
    await manyUploads(
      (messages, moment) =>
        new Promise((resolve) => {
          const call = client.upload(() => resolve());
          for (let sequence = 0; sequence < messages; sequence++) call.write({ sequence });
          setTimeout(() => call.cancel(), moment);
        }),
    );
    close();
    return { wrong: complete, of: UPLOADS, what };
  },
  async ours() {
    let complete = 0;
    const { client, close } = await ourSides({
      async Upload(requests) {
        for await (const _ of requests) await nextTurn();
        complete++;
        return {};
      },
    });
    await manyUploads(async (messages, moment) => {
      async function* requests() {
        for (let sequence = 0; sequence < messages; sequence++) yield { sequence };
        await new Promise(() => {});
      }
      await client.upload(requests(), { signal: AbortSignal.timeout(moment) }).catch(() => {});
    });
    await close();
    return { wrong: complete, of: UPLOADS, what };
  },
};
