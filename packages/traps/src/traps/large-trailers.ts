import { Metadata, status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';
import { settles } from '../wait.ts';

const what = 'clients never got the status, for its details were too large';

function largeTrailers(): Metadata {
  const metadata = new Metadata();
  metadata.set('stack', 'x'.repeat(100_000));
  return metadata;
}

export const largeTrailersTrap: Trap = {
  name: 'large-trailers',
  title: 'Details above the header limit take the status with them',
  async bare() {
    const { client, close } = await bareSides({
      Unary: (_, callback) =>
        callback({ code: status.NOT_FOUND, details: 'no such room', metadata: largeTrailers() }),
    });
    let told = false;
    const answered = new Promise<void>((resolve) => {
      client.unary({}, (error) => {
        told = error?.code === status.NOT_FOUND;
        resolve();
      });
    });
    await settles(answered);
    close();
    return { wrong: told ? 0 : 1, of: 1, what };
  },
  async ours() {
    const { client, close } = await ourSides({
      async Unary() {
        throw new StatusError(status.NOT_FOUND, 'no such room', { metadata: largeTrailers() });
      },
    });
    const error = await client.unary({}).catch((reason: unknown) => reason);
    await close();
    const told = error instanceof StatusError && error.code === status.NOT_FOUND;
    return { wrong: told ? 0 : 1, of: 1, what };
  },
};
