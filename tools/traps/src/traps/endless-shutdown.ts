import { counted, nameOf } from '../ending.ts';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, SURELY, until } from '../until.ts';

const STREAMS = 5;
// In milliseconds.
const GRACE_PERIOD = 100;

function outcome(endings: string[], down: boolean): Outcome {
  return {
    wrong: STREAMS - endings.length,
    of: STREAMS,
    client:
      endings.length === 0 ? 'waits for more, and its own close() does not end the calls' : counted(endings),
    server: down ? 'is down' : 'waits for the last client to leave',
  };
}

export const endlessShutdown: Trap = {
  name: 'endless-shutdown',
  title: '`tryShutdown` waits for open streams without limit',
  what: 'streams continued after the server began to shut down',
  async bare() {
    const endings: string[] = [];
    await using bare = await startBare({ Download: (call) => void call.write({}) });
    for (let stream = 0; stream < STREAMS; stream++) {
      const call = bare.client.download({});
      call.on('error', (error) => endings.push(nameOf(error as { code?: unknown })));
      await new Promise((resolve) => call.once('data', resolve));
    }
    let down = false;
    // #region bare
    bare.server.tryShutdown(() => {
      down = true;
    });
    // #endregion bare
    bare.client.close();
    await until(() => down, NEVER);
    return outcome([...endings], down);
  },
  async ours() {
    const endings: string[] = [];
    await using ours = await startOurs(
      {
        async *Download(_, { signal }) {
          yield {};
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
      },
      { gracePeriod: GRACE_PERIOD },
    );
    for (let stream = 0; stream < STREAMS; stream++) {
      const responses = ours.client.download({});
      await responses.next();
      responses.next().catch((error) => endings.push(nameOf(error)));
    }
    let down = false;
    // #region ours
    await ours.server.shutdown();
    // #endregion ours
    down = true;
    await until(() => endings.length === STREAMS, SURELY);
    return outcome(endings, down);
  },
};
