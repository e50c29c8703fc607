import { bareSides, ourSides } from '../sides.ts';
import type { Trap } from '../trap.ts';

const THIRTY_DAYS = 30 * 24 * 3600 * 1000;
const what = 'calls with a deadline in 30 days failed at once';

export const longDeadline: Trap = {
  name: 'long-deadline',
  title: 'A deadline of more than 24.8 days has passed already',
  async bare() {
    const { client, close } = await bareSides({
      Unary: (_, callback) => void setTimeout(() => callback(null, {}), 50),
    });
    const error = await new Promise((resolve) =>
      client.unary({}, { deadline: Date.now() + THIRTY_DAYS }, resolve),
    );
    close();
    return { wrong: error ? 1 : 0, of: 1, what };
  },
  async ours() {
    const { client, close } = await ourSides({
      Unary: () => new Promise((resolve) => setTimeout(() => resolve({}), 50)),
    });
    const failed = await client.unary({}, { timeout: THIRTY_DAYS }).then(
      () => false,
      () => true,
    );
    await close();
    return { wrong: failed ? 1 : 0, of: 1, what };
  },
};
