import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { settles } from '../wait.ts';

const what = 'calls hung after the last request';
const requests = [{ sequence: 0 }, { sequence: 1 }, { sequence: 2 }];

export const forAwaitDestroys: Trap = {
  name: 'for-await-destroys',
  title: '`for await` on a bidirectional call destroys its writing side',
  mendedInNode: 24,
  async bare() {
    const { client, close } = await bareSides({
      async Exchange(call) {
        for await (const { sequence } of call) call.write({ sequence });
        call.end();
      },
    });
    const call = client.exchange();
    for (const request of requests) call.write(request);
    call.end();
    const ended = await settles(
      new Promise((resolve) => {
        call.on('data', () => {});
        call.on('end', resolve);
        call.on('error', resolve);
      }),
    );
    close();
    return { wrong: ended ? 0 : 1, of: 1, what };
  },
  async ours() {
    const { client, close } = await ourSides({
      async *Exchange(received) {
        for await (const { sequence } of received) yield { sequence };
      },
    });
    let answers = 0;
    for await (const _ of client.exchange(requests)) answers++;
    await close();
    return { wrong: answers === requests.length ? 0 : 1, of: 1, what };
  },
};
