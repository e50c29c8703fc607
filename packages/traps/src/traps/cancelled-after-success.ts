import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';

const CALLS = 50;
const what = 'calls that went well were told "cancelled"';

export const cancelledAfterSuccess: Trap = {
  name: 'cancelled-after-success',
  title: 'The event "cancelled" comes after calls that went well, too',
  async bare() {
    let cancelled = 0;
    const { client, close } = await bareSides({
      Download(call) {
        call.on('cancelled', () => cancelled++);
        call.write({});
        call.end();
      },
    });
    for (let call = 0; call < CALLS; call++) for await (const _ of client.download({}));
    close();
    return { wrong: cancelled, of: CALLS, what };
  },
  async ours() {
    let cancelled = 0;
    const { client, close } = await ourSides({
      async *Download(_, { signal }) {
        signal.addEventListener('abort', () => cancelled++);
        yield {};
      },
    });
    for (let call = 0; call < CALLS; call++) for await (const _ of client.download({}));
    await close();
    return { wrong: cancelled, of: CALLS, what };
  },
};
