import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { deferred } from '../wait.ts';

const MESSAGES = 1000;
const READ = 10;
/** What HTTP/2 lets a sender have under way, and a few messages on each side. */
const ENOUGH = 60;
const what = `messages of 64 KiB were queued in the server's memory when the client had read ${READ}`;
const message = { padding: Buffer.alloc(64 * 1024) };

export const ignoredWrite: Trap = {
  name: 'ignored-write',
  title: '`write` without waiting for "drain" queues without limit',
  async bare() {
    let written = 0;
    const { client, close } = await bareSides({
      Download(call) {
        for (; written < MESSAGES; written++) call.write(message);
        call.end();
      },
    });
    let read = 0;
    const call = client.download({});
    for await (const _ of call) if (++read === READ) break;
    call.cancel();
    close();
    return { wrong: Math.max(0, written - read - ENOUGH), of: MESSAGES, what };
  },
  async ours() {
    let written = 0;
    const ended = deferred();
    const { client, close } = await ourSides({
      async *Download() {
        try {
          for (; written < MESSAGES; written++) yield message;
        } finally {
          ended.resolve();
        }
      },
    });
    let read = 0;
    for await (const _ of client.download({})) if (++read === READ) break;
    await ended.promise;
    await close();
    return { wrong: Math.max(0, written - read - ENOUGH), of: MESSAGES, what };
  },
};
