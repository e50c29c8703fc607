// A server whose handler throws, in a process of its own: the bare version dies of an unhandled rejection.
import { bareSides, ourSides } from '../sides.ts';

if (process.argv[2] === 'bare') {
  const { client, close } = await bareSides({
    async Unary() {
      throw new Error('no database');
    },
  });
  await new Promise((resolve) => client.unary({}, resolve));
  close();
} else {
  const { client, close } = await ourSides({
    async Unary() {
      throw new Error('no database');
    },
  });
  // INTERNAL.
  await client.unary({}).catch(() => {});
  await close();
}
