import { startProgram, type Version } from '../program.ts';
import type { Outcome, Trap } from '../trap.ts';

async function run(version: Version): Promise<Outcome> {
  await using program = startProgram('no-error-listener', version);
  const ending = await program.ending();
  const died = ending !== 'exit 0';
  return {
    wrong: died ? 1 : 0,
    of: 1,
    client: died ? ending : `${await program.firstLine()}, and continued`,
    server: 'is down',
  };
}

export const noErrorListener: Trap = {
  name: 'no-error-listener',
  title: 'A stream without an "error" listener ends the client process',
  what: 'client processes died because the server was down, in spite of try and catch',
  bare: () => run('bare'),
  ours: () => run('ours'),
};
