import { once } from 'node:events';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, SURELY, until } from '../until.ts';

const UPLOADS = 10;
const padding = Buffer.alloc(100_000);

/** Files to upload. Each should be closed when its upload is over. */
function files() {
  let closed = 0;
  const open = () => ({
    readable: true,
    read: () => ({ padding }),
    close: () => {
      closed++;
    },
  });
  return { open, closed: () => closed };
}

function outcome(closed: number): Outcome {
  return {
    wrong: UPLOADS - closed,
    of: UPLOADS,
    client: `cancelled ${UPLOADS} uploads, and closed ${closed} of their files`,
    server: 'read nothing',
  };
}

export const drainAfterCancel: Trap = {
  name: 'drain-after-cancel',
  title: 'After a cancel, the event "drain" never comes',
  what: 'files stayed open after their upload was cancelled',
  async bare() {
    const { open, closed } = files();
    let begun = 0;
    await using bare = await startBare({ Upload: () => void begun++ });
    const calls = Array.from({ length: UPLOADS }, () => bare.client.upload(() => {}));
    for (const call of calls) {
      void (async () => {
        // #region bare
        const file = open();
        try {
          while (file.readable) if (!call.write(file.read())) await once(call, 'drain');
        } finally {
          file.close();
        }
        // #endregion bare
      })();
    }
    await until(() => begun === UPLOADS, SURELY);
    for (const call of calls) call.cancel();
    await until(() => closed() === UPLOADS, NEVER);
    return outcome(closed());
  },
  async ours() {
    const { open, closed } = files();
    let begun = 0;
    await using ours = await startOurs({
      Upload(_, { signal }) {
        begun++;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    // #region ours
    async function* requests() {
      const file = open();
      try {
        while (file.readable) yield file.read();
      } finally {
        file.close();
      }
    }
    // #endregion ours
    const cancel = new AbortController();
    const uploads = Array.from({ length: UPLOADS }, () =>
      ours.client.upload(requests(), { signal: cancel.signal }),
    );
    const ended = Promise.allSettled(uploads);
    await until(() => begun === UPLOADS, SURELY);
    cancel.abort();
    await ended;
    await until(() => closed() === UPLOADS, SURELY);
    return outcome(closed());
  },
};
