// `pnpm wire:faults`: what a tap has to survive, at full size.
import { parseArgs } from 'node:util';
import type { Scope } from '../src/testing.ts';
import { brokenBytes } from './broken-bytes.ts';
import { manyStreams, shortCalls, transfer } from './loads.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: String(Date.now() % 100_000) } },
});
const seed = Number(values.seed);

const loads: [string, (t: Scope) => Promise<unknown>][] = [
  ['1,000 streams in a connection', (t) => manyStreams(t, 1000)],
  ['10,000 short calls', (t) => shortCalls(t, 10_000)],
  ['1 GiB down and 1 GiB up', (t) => transfer(t, 1024)],
  [`3,000 connections with broken bytes, seed ${seed}`, (t) => brokenBytes(t, 3000, seed)],
];

for (const [name, load] of loads) {
  const cleanUps: (() => void | Promise<void>)[] = [];
  const begin = performance.now();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  await load({ after: (cleanUp) => cleanUps.unshift(cleanUp) });
  clearInterval(watch);
  for (const cleanUp of cleanUps) await cleanUp();
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(
    `${name}: nothing lost or altered, ${seconds} s, at most ${(most / 2 ** 20).toFixed(0)} MiB of memory`,
  );
}
