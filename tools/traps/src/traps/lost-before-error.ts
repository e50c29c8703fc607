import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { nameOf } from '../ending.ts';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';

// Together they fit into the window of HTTP/2, so the server can send all of them.
const MESSAGES = 50;
const message = { padding: Buffer.alloc(1000) };

/** Reads slowly, 5 ms a response. */
async function readAll(responses: AsyncIterable<unknown>, sent: () => number): Promise<Outcome> {
  let received = 0;
  let ending = 'OK';
  try {
    for await (const _ of responses) {
      received++;
      await delay(5);
    }
  } catch (error) {
    ending = nameOf(error as { code?: unknown });
  }
  return {
    wrong: sent() - received,
    of: sent(),
    client: `got ${received} responses, then ${ending}`,
    server: `sent ${sent()} responses, then DATA_LOSS`,
  };
}

export const lostBeforeError: Trap = {
  name: 'lost-before-error',
  title: 'Responses before an error are lost',
  what: 'responses that the server sent before its error were lost to a slow reader',
  async bare() {
    let sent = 0;
    await using bare = await startBare({
      // #region bare
      async Download(call) {
        for (; sent < MESSAGES; sent++) {
          if (!call.write(message)) await once(call, 'drain');
        }
        call.emit('error', { code: status.DATA_LOSS, details: 'disk' });
      },
      // #endregion bare
    });
    return await readAll(bare.client.download({}), () => sent);
  },
  async ours() {
    let sent = 0;
    await using ours = await startOurs({
      // #region ours
      async *Download() {
        for (; sent < MESSAGES; sent++) yield message;
        throw new StatusError(status.DATA_LOSS, 'disk');
      },
      // #endregion ours
    });
    return await readAll(ours.client.download({}), () => sent);
  },
};
