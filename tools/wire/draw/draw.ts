// `pnpm wire:draw RECORDING`: an SVG of a recorded call.
import { writeFile } from 'node:fs/promises';
import { printable, UsageError } from 'cli';
import { fail, program } from 'cli/program';
import type { WireEvent } from '../src/events.ts';
import { readRecording } from '../src/recording.ts';
import { callsIn } from './call.ts';
import { drawCall } from './svg.ts';

const { options, args } = program('pnpm wire:draw', 'Draws a recorded call.')
  .argument('<recording>', 'what pnpm wire --record has written')
  .option('--call <n>', 'which of its calls', readNumber, 1)
  .option('--title <text>', 'what stands above it; default: its method')
  .option('--out <file>', 'where to write the SVG; default: the name of the recording, with .svg')
  .parse();

function readNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1 on`);
}

async function draw(path: string): Promise<void> {
  const { call: number, title, out } = options;
  const events: WireEvent[] = [];
  for await (const event of readRecording(path)) events.push(event);
  const calls = callsIn(events);
  const call = calls[number - 1];
  if (!call) throw new UsageError(`${path} has ${calls.length} calls, so there is no call ${number}`);
  const file = out ?? `${path.replace(/\.jsonl?$/, '')}.svg`;
  await writeFile(file, drawCall(call, title ?? call.ended?.method ?? path)).catch((error: Error) => {
    throw new UsageError(`cannot write ${file}: ${error.message}`);
  });
  console.log(`wrote ${file}`);
}

try {
  await draw(args[0]);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  fail(printable(error.message), 2);
}
