// `pnpm wire:agree`: compares what the tap and tshark see, for every scenario and for the programs of every demo.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { startProgram, startServer } from 'cli/testing';
import { type Demo, findDemos, packagesFolder } from '../../../scripts/demos.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { type Scope, watchedTap } from '../src/testing.ts';
import { newComparison } from './agreement.ts';
import { whyNoTshark } from './tshark.ts';

/** Runs the two programs of a demo through the tap. Returns how many frames both saw; 0 if they don't speak HTTP/2. */
async function compareDemo(
  t: Scope,
  { name, folder = 'src', clientArguments, output }: Demo,
): Promise<number> {
  const program = (side: string) => pathToFileURL(`${packagesFolder}/${name}/${folder}/${side}.ts`);
  const comparison = newComparison(t);
  let isForeign = false;
  await comparison.add(async (relay) => {
    const server = await startServer(t, program('server'));
    const tap = await watchedTap(t, server.address);
    const client = startProgram(
      t,
      program('client'),
      '--address',
      await relay(tap.address),
      ...clientArguments,
    );
    assert.equal(await client.exit, 0, client.errors.join('\n'));
    assert.deepEqual(client.output, output);
    server.child.kill('SIGTERM');
    await server.exit;
    isForeign = tap.events.some(({ type }) => type === 'foreign');
    return tap.events;
  });
  return isForeign ? 0 : comparison.check();
}

async function report(name: string, compare: (t: Scope) => Promise<number>): Promise<void> {
  const cleanUps: (() => void | Promise<void>)[] = [];
  try {
    const frames = await compare({ after: (cleanUp) => cleanUps.unshift(cleanUp) });
    console.log(
      `${name}: ${frames === 0 ? 'passed on; it is not HTTP/2' : `${frames} frames, the same in both`}`,
    );
  } catch (error) {
    console.log(`${name}: ${(error as Error).message}`);
    process.exitCode = 1;
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

const why = whyNoTshark();
if (why !== undefined) {
  console.error(why);
  process.exit(2);
}
await report('all scenarios', async (t) => {
  const comparison = newComparison(t);
  for (const scenario of scenarios) await comparison.play(scenario);
  return comparison.check();
});
for (const demo of await findDemos()) await report(`demo ${demo.name}`, (t) => compareDemo(t, demo));
process.exit();
