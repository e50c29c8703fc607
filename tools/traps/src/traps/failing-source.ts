import { pipeline } from 'node:stream/promises';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, SURELY, until } from '../until.ts';

const STREAMS = 5;

async function* failing() {
  yield {};
  throw new Error('disk');
}

function outcome(server: number, client: number): Outcome {
  return {
    wrong: 2 * STREAMS - server - client,
    of: 2 * STREAMS,
    client: `got ${client} of the server's ${STREAMS} failures`,
    server: `got ${server} of the client's ${STREAMS} failures`,
  };
}

export const failingSource: Trap = {
  name: 'failing-source',
  title: 'The failure of a source in a pipeline does not reach the other side',
  what: 'failures did not reach the other side, which still waits',
  async bare() {
    let atServer = 0;
    let atClient = 0;
    await using bare = await startBare({
      Upload(call) {
        call.once('cancelled', () => atServer++);
      },
      // #region bare
      async Download(call) {
        await pipeline(failing, call as NodeJS.WritableStream).catch(() => {});
      },
      // #endregion bare
    });
    for (let stream = 0; stream < STREAMS; stream++) {
      const download = bare.client.download({});
      download.on('data', () => {});
      download.on('error', () => atClient++);
      const call = bare.client.upload(() => {});
      // #region bare-client
      await pipeline(failing, call as NodeJS.WritableStream).catch(() => {});
      // #endregion bare-client
    }
    await until(() => atServer + atClient === 2 * STREAMS, NEVER);
    return outcome(atServer, atClient);
  },
  async ours() {
    let atServer = 0;
    let atClient = 0;
    await using ours = await startOurs({
      async Upload(requests, { signal }) {
        signal.addEventListener('abort', () => atServer++);
        for await (const _ of requests);
        return {};
      },
      // #region ours
      Download: () => failing(),
      // #endregion ours
    });
    async function download() {
      for await (const _ of ours.client.download({}));
    }
    for (let stream = 0; stream < STREAMS; stream++) {
      await download().catch(() => atClient++);
      // #region ours-client
      await ours.client.upload(failing()).catch(() => {});
      // #endregion ours-client
    }
    await until(() => atServer + atClient === 2 * STREAMS, SURELY);
    return outcome(atServer, atClient);
  },
};
