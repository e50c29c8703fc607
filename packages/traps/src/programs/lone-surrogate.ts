// A server that refuses with a text cut in the middle of a character, in a process of its own: the bare version dies.
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { bareSides, ourSides } from '../sides.ts';

const details = `no room "${'🙂'.slice(0, 1)}"`;
if (process.argv[2] === 'bare') {
  const { client, close } = await bareSides({
    Unary: (_, callback) => void setImmediate(callback, { code: status.NOT_FOUND, details }),
  });
  await new Promise((resolve) => client.unary({}, resolve));
  close();
} else {
  const { client, close } = await ourSides({
    async Unary() {
      throw new StatusError(status.NOT_FOUND, details);
    },
  });
  await client.unary({}).catch(() => {});
  await close();
}
