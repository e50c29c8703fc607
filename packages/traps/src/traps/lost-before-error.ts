import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';

const MESSAGES = 60;
const what = 'responses that the server sent before its error were lost to a slow reader';
const message = { padding: Buffer.alloc(1000) };

export const lostBeforeError: Trap = {
  name: 'lost-before-error',
  title: 'An error overtakes the responses before it',
  async bare() {
    const { client, close } = await bareSides({
      async Download(call) {
        for (let sent = 0; sent < MESSAGES; sent++) if (!call.write(message)) await once(call, 'drain');
        call.emit('error', { code: status.DATA_LOSS, details: 'disk' });
      },
    });
    let received = 0;
    try {
      for await (const _ of client.download({})) {
        received++;
        await delay(5);
      }
    } catch {
      // DATA_LOSS, as it should be.
    }
    close();
    return { wrong: MESSAGES - received, of: MESSAGES, what };
  },
  async ours() {
    const { client, close } = await ourSides({
      async *Download() {
        for (let sent = 0; sent < MESSAGES; sent++) yield message;
        throw new StatusError(status.DATA_LOSS, 'disk');
      },
    });
    let received = 0;
    try {
      for await (const _ of client.download({})) {
        received++;
        await delay(5);
      }
    } catch {
      // DATA_LOSS, as it should be.
    }
    await close();
    return { wrong: MESSAGES - received, of: MESSAGES, what };
  },
};
