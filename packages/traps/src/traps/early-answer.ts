import { pipeline } from 'node:stream/promises';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { deferred, settles } from '../wait.ts';

const what = 'sources stayed open after the answer';

/** A source without end; `closed` resolves in its `finally`. */
function endlessRequests() {
  const closed = deferred();
  async function* requests() {
    try {
      for (;;) yield { padding: Buffer.alloc(100_000) };
    } finally {
      closed.resolve();
    }
  }
  return { requests, closed: closed.promise };
}

export const earlyAnswer: Trap = {
  name: 'early-answer',
  title: 'A server that answers early hangs the sender',
  async bare() {
    const { requests, closed } = endlessRequests();
    const { client, close } = await bareSides({
      Upload: (call, callback) => call.once('data', () => callback(null, {})),
    });
    await new Promise((answered) => {
      const call = client.upload(answered);
      pipeline(requests, call as NodeJS.WritableStream).catch(() => {});
    });
    const returned = await settles(closed);
    close();
    return { wrong: returned ? 0 : 1, of: 1, what };
  },
  async ours() {
    const { requests, closed } = endlessRequests();
    const { client, close } = await ourSides({
      async Upload(received) {
        for await (const _ of received) break;
        return {};
      },
    });
    await client.upload(requests());
    const returned = await settles(closed);
    await close();
    return { wrong: returned ? 0 : 1, of: 1, what };
  },
};
