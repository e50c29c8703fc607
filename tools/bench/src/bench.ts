// `pnpm bench`: what a message costs in each library, and whether this project reaches its goals.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { program } from 'cli';
import { wrongUsage } from 'cli/program';
import { judged } from './goals.ts';
import { besideGo, grpcGoFigures } from './grpc-go.ts';
import { measure } from './measure.ts';
import type { Results, WorkResult } from './results.ts';
import { stackNames } from './stacks.ts';
import { table } from './table.ts';
import { works } from './works.ts';

const { options } = program('pnpm bench', 'Has every stack do the same work, in turns, and compares them.')
  .option('--only <text>', 'only the works whose name contains this')
  .option('--quick', 'three times each instead of five times')
  .option('--json <file>', 'write all figures there too')
  .parse();
const { only = '', quick, json } = options;

const chosen = works.filter(({ name }) => name.includes(only));
if (chosen.length === 0) {
  wrongUsage(`no work's name contains "${only}"; there are:\n${works.map(({ name }) => name).join('\n')}`);
}

const CLEAR_LINE = '\r\x1b[K';
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${CLEAR_LINE}${text}`);
}

const started = performance.now();
const results: WorkResult[] = [];
for (const [index, work] of chosen.entries()) {
  progress(`${index + 1} of ${chosen.length}: ${work.name} …`);
  const measured = await measure(work, stackNames, quick ? 3 : 5);
  const { name, unit, more, figures } = work;
  const result = { work: name, unit, more, ...(figures ? { figures } : {}), measured };
  results.push(result);
  progress('');
  console.log(`${table(result)}\n`);
}
console.log(judged(results).join('\n'));
const grpcGo = only === '' ? grpcGoFigures() : undefined;
if (grpcGo) console.log(besideGo(grpcGo, results).join('\n'));
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);

if (json) {
  const all: Results = {
    node: process.version,
    processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    works: results,
    ...(grpcGo ? { grpcGo } : {}),
  };
  writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
}
