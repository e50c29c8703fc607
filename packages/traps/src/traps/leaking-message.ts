import { StatusError } from 'grpc-iterables';
import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';

const what = 'clients read what was meant for the log';
const secret = 'cannot connect to postgres://admin:hunter2@db';

export const leakingMessage: Trap = {
  name: 'leaking-message',
  title: 'The message of any error goes to the client',
  async bare() {
    const { client, close } = await bareSides({
      Unary: (_, callback) => callback(new Error(secret)),
    });
    const error = await new Promise<Error | null>((resolve) => client.unary({}, resolve));
    close();
    return { wrong: error?.message.includes('hunter2') ? 1 : 0, of: 1, what };
  },
  async ours() {
    const { client, close } = await ourSides({
      async Unary() {
        throw new Error(secret);
      },
    });
    const error = await client.unary({}).catch((reason: unknown) => reason);
    await close();
    const leaked = !(error instanceof StatusError) || error.message.includes('hunter2');
    return { wrong: leaked ? 1 : 0, of: 1, what };
  },
};
