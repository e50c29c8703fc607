import { once } from 'node:events';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { deferred, settles } from '../wait.ts';

const what = 'senders still waited for "drain" after the cancel';

export const drainAfterCancel: Trap = {
  name: 'drain-after-cancel',
  title: 'After a cancel, "drain" never comes',
  async bare() {
    const { client, close } = await bareSides({ Upload: () => {} });
    const call = client.upload(() => {});
    call.on('error', () => {});
    async function send() {
      for (;;) if (!call.write({ padding: Buffer.alloc(100_000) })) await once(call, 'drain');
    }
    const sending = send();
    setTimeout(() => call.cancel(), 100);
    const stopped = await settles(sending);
    close();
    return { wrong: stopped ? 0 : 1, of: 1, what };
  },
  async ours() {
    const returned = deferred();
    const { client, close } = await ourSides({
      Upload: (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    async function* requests() {
      try {
        for (;;) yield { padding: Buffer.alloc(100_000) };
      } finally {
        returned.resolve();
      }
    }
    await client.upload(requests(), { signal: AbortSignal.timeout(100) }).catch(() => {});
    const stopped = await settles(returned.promise);
    await close();
    return { wrong: stopped ? 0 : 1, of: 1, what };
  },
};
