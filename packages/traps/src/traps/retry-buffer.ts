import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';

const MESSAGES = 2000;
/** What HTTP/2 lets a sender have under way, and a few messages on each side. */
const ENOUGH = 200;
const what = `messages of 1 KiB were taken from the source beyond ${ENOUGH}, though the server read none`;
const message = { padding: Buffer.alloc(1024) };

export const retryBuffer: Trap = {
  name: 'retry-buffer',
  title: 'The first MiB of an upload meets no backpressure',
  async bare() {
    const { client, close } = await bareSides({ Upload: (call) => void call.pause() });
    const call = client.upload(() => {});
    call.on('error', () => {});
    let taken = 0;
    async function send() {
      for (; taken < MESSAGES; taken++) if (!call.write(message)) await once(call, 'drain');
    }
    await Promise.race([send(), delay(1000)]);
    call.cancel();
    close();
    return { wrong: Math.max(0, taken - ENOUGH), of: MESSAGES, what };
  },
  async ours() {
    const { client, close } = await ourSides({
      Upload: (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    let taken = 0;
    async function* requests() {
      for (; taken < MESSAGES; taken++) yield message;
    }
    await client.upload(requests(), { timeout: 1000 }).catch(() => {});
    await close();
    return { wrong: Math.max(0, taken - ENOUGH), of: MESSAGES, what };
  },
};
