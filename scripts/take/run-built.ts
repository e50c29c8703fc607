// Runs the demo of a pattern with the programs that a taken project has built: `tsx run-built.ts PATTERN FOLDER`.
import { resolve } from 'node:path';
import { findDemos } from '../demos.ts';
import { runPair } from '../run-pair.ts';

const [pattern = '', folder = ''] = process.argv.slice(2);
const demo = (await findDemos()).find(({ name }) => name === pattern);
if (demo) {
  const programs = { folder: resolve(folder, 'dist'), extension: 'js' } as const;
  const print = (side: string, line: string) => console.log(`${side} │ ${line}`);
  const { ending } = await runPair(demo, print, new AbortController().signal, programs);
  console.log(`built programs: ${ending}`);
  if (ending !== 'complete') process.exitCode = 1;
} else {
  console.log('built programs: it has none');
}
