import * as grpc from '@grpc/grpc-js';
import { Stress } from 'proto';
import { counted, nameOf } from './ending.ts';
import { startProgram, type Version } from './program.ts';
import type { Outcome, Trap } from './trap.ts';
import { SURELY } from './until.ts';

const INNOCENT_CALLS = 4;
const ANSWERS = ['OK', 'NOT_FOUND'];

function call(client: InstanceType<typeof Stress>, plan: string): Promise<string> {
  return new Promise((resolve) => {
    client.unary({ plan }, { deadline: Date.now() + SURELY }, (error) => resolve(nameOf(error)));
  });
}

/**
 * A trap that ends the server's process. Its program serves `Unary` and prints its address. The first call asks for
 * `harm`, the later ones ask for something else.
 */
export function dyingServer(about: Pick<Trap, 'name' | 'title'>, harm: string): Trap {
  async function run(version: Version): Promise<Outcome> {
    await using program = startProgram(about.name, version);
    const client = new Stress(await program.firstLine(), grpc.credentials.createInsecure());
    const harmed = await call(client, harm);
    const server = harmed === 'UNAVAILABLE' ? await program.ending() : 'continues';
    const endings: string[] = [];
    for (let sent = 0; sent < INNOCENT_CALLS; sent++) endings.push(await call(client, 'something else'));
    client.close();
    return {
      wrong: endings.filter((ending) => !ANSWERS.includes(ending)).length,
      of: INNOCENT_CALLS,
      client: `${harmed}; the calls after it: ${counted(endings)}`,
      server,
    };
  }
  return {
    ...about,
    what: 'later calls found no server',
    bare: () => run('bare'),
    ours: () => run('ours'),
  };
}
