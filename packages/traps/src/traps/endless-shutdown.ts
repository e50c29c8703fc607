import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { settles } from '../wait.ts';

const what = 'shutdowns waited for a stream that does not end';

export const endlessShutdown: Trap = {
  name: 'endless-shutdown',
  title: '`tryShutdown` waits for open streams without limit',
  async bare() {
    const { server, client, close } = await bareSides({ Download: (call) => void call.write({}) });
    const call = client.download({});
    call.on('error', () => {});
    await new Promise((resolve) => call.once('data', resolve));
    const down = await settles(new Promise((resolve) => server.tryShutdown(resolve)));
    close();
    return { wrong: down ? 0 : 1, of: 1, what };
  },
  async ours() {
    const { server, client, close } = await ourSides(
      {
        async *Download(_, { signal }) {
          yield {};
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
      },
      100,
    );
    const responses = client.download({});
    await responses.next();
    const down = await settles(server.shutdown());
    await close();
    return { wrong: down ? 0 : 1, of: 1, what };
  },
};
