import { pipeline } from 'node:stream/promises';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { deferred, settles } from '../wait.ts';

const what = 'servers never learned that the source had failed, or saw its end';

async function* failingSource() {
  yield {};
  throw new Error('disk');
}

export const failingSourceTrap: Trap = {
  name: 'failing-source',
  title: 'A source that fails in a pipeline does not reach the server as a failure',
  async bare() {
    const failed = deferred();
    const { client, close } = await bareSides({
      async Upload(call) {
        call.once('cancelled', failed.resolve);
      },
    });
    const call = client.upload(() => {});
    call.on('error', () => {});
    await pipeline(failingSource, call as NodeJS.WritableStream).catch(() => {});
    const told = await settles(failed.promise);
    close();
    return { wrong: told ? 0 : 1, of: 1, what };
  },
  async ours() {
    const failed = deferred();
    const { client, close } = await ourSides({
      async Upload(requests) {
        try {
          for await (const _ of requests);
          return {};
        } catch (error) {
          failed.resolve();
          throw error;
        }
      },
    });
    await client.upload(failingSource()).catch(() => {});
    const told = await settles(failed.promise);
    await close();
    return { wrong: told ? 0 : 1, of: 1, what };
  },
};
