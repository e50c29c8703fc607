import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';

const SECRET = 'hunter2';

async function query(): Promise<never> {
  throw new Error(`cannot connect to postgres://admin:${SECRET}@db`);
}

function outcome(messages: string[]): Outcome {
  return {
    wrong: messages.filter((message) => message.includes(SECRET)).length,
    of: messages.length,
    client: `got "${messages[0]}"`,
    server: 'failed to reach its database',
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'nothing');

export const leakingMessage: Trap = {
  name: 'leaking-message',
  title: 'The message of every error goes to the client',
  what: 'errors showed the client a text that is for the log',
  async bare() {
    await using bare = await startBare({
      // #region bare
      Unary(_, callback) {
        query().then((row) => callback(null, row), callback);
      },
      async Download(call) {
        try {
          call.write(await query());
          call.end();
        } catch (error) {
          call.emit('error', error);
        }
      },
      // #endregion bare
    });
    const unary = await new Promise((resolve) => bare.client.unary({}, resolve));
    const download = await new Promise((resolve) =>
      bare.client
        .download({})
        .on('error', resolve)
        .on('data', () => {}),
    );
    return outcome([unary, download].map(messageOf));
  },
  async ours() {
    await using ours = await startOurs({
      // #region ours
      async Unary() {
        return await query();
      },
      async *Download() {
        yield await query();
      },
      // #endregion ours
    });
    const unary = ours.client.unary({}).catch(messageOf);
    const download = ours.client.download({}).next().catch(messageOf);
    return outcome((await Promise.all([unary, download])).map(String));
  },
};
