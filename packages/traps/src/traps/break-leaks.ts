import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { deferred, settles } from '../wait.ts';

const what = 'calls went on after the client left its loop';

export const breakLeaks: Trap = {
  name: 'break-leaks',
  title: '`break` in the client does not cancel the call',
  async bare() {
    const told = deferred();
    const { client, close } = await bareSides({
      Download(call) {
        call.on('cancelled', told.resolve);
        call.write({});
      },
    });
    for await (const _ of client.download({})) break;
    const stopped = await settles(told.promise);
    close();
    return { wrong: stopped ? 0 : 1, of: 1, what };
  },
  async ours() {
    const told = deferred();
    const { client, close } = await ourSides({
      async *Download() {
        try {
          for (;;) yield {};
        } finally {
          told.resolve();
        }
      },
    });
    for await (const _ of client.download({})) break;
    const stopped = await settles(told.promise);
    await close();
    return { wrong: stopped ? 0 : 1, of: 1, what };
  },
};
