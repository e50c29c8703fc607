import { styleText } from 'node:util';
import { showBytes } from './byte-size.ts';

/** How far all transfers of a program are together. */
export interface Progress {
  /** Says how far one of them is. */
  report(name: string, bytes: number, total: number | undefined): void;
  /** The state in one line, as in `43 %, 1.2 GiB of 2.8 GiB, 480.0 MiB/s, 3 s left`. */
  line(): string;
  /** From 0 to 1; undefined if some size is not known. */
  fraction(): number | undefined;
}

// In milliseconds: the rate is that of the last seconds, because lines become faster and slower.
const RATE_PERIOD = 5000;

/** @param now a clock in milliseconds */
export function trackProgress(now: () => number = () => performance.now()): Progress {
  const transfers = new Map<string, { bytes: number; total: number | undefined }>();
  let moved = 0;
  const samples = [{ time: now(), moved: 0 }];

  const sum = (of: 'bytes' | 'total') =>
    [...transfers.values()].reduce((total, transfer) => total + (transfer[of] ?? Number.NaN), 0);

  function rate(): number {
    const time = now();
    if (time - (samples.at(-1)?.time ?? 0) > 100) samples.push({ time, moved });
    while (samples.length > 2 && time - (samples[1]?.time ?? 0) > RATE_PERIOD) samples.shift();
    const [first = { time, moved: 0 }] = samples;
    return time > first.time ? (moved - first.moved) / ((time - first.time) / 1000) : 0;
  }

  return {
    report(name, bytes, total) {
      // Where a transfer begins is not what it has moved: the rest was there before.
      const before = transfers.get(name)?.bytes ?? bytes;
      moved += Math.max(0, bytes - before);
      transfers.set(name, { bytes, total });
    },
    fraction() {
      const total = sum('total');
      if (Number.isNaN(total) || total === 0) return undefined;
      // The size is what a server says. It may be wrong.
      return Math.min(1, Math.max(0, sum('bytes') / total));
    },
    line() {
      const [bytes, total, perSecond] = [sum('bytes'), sum('total'), rate()];
      const speed = `${showBytes(perSecond)}/s`;
      if (Number.isNaN(total)) return `${showBytes(bytes)}, ${speed}`;
      const percent = total === 0 ? 100 : Math.floor((100 * bytes) / total);
      const left = perSecond > 0 ? `${showSeconds((total - bytes) / perSecond)} left` : 'waiting';
      return `${percent} %, ${showBytes(bytes)} of ${showBytes(total)}, ${speed}, ${left}`;
    },
  };
}

/** A time as people read it: `42 s`, `3 min 20 s`, `2 h 5 min`. */
function showSeconds(time: number): string {
  const seconds = Math.ceil(time);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const BAR_WIDTH = 20;
const BAR_INTERVAL = 100;
const LINE_INTERVAL = 5000;

/**
 * Shows progress while something runs: a bar that is drawn again on a terminal, a line every few seconds elsewhere.
 *
 * @returns prints a line without disturbing the bar
 */
export async function showingProgress<Result>(
  progress: Progress,
  output: NodeJS.WriteStream,
  run: () => Promise<Result>,
): Promise<Result> {
  const isTerminal = output.isTTY && !process.env.CI;
  const draw = () => {
    if (!isTerminal) return void output.write(`${progress.line()}\n`);
    const filled = Math.round(BAR_WIDTH * (progress.fraction() ?? 0));
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
    const line = `${styleText('green', bar)} ${progress.line()}`;
    clearBar(output);
    output.write(line);
  };
  const timer = setInterval(draw, isTerminal ? BAR_INTERVAL : LINE_INTERVAL);
  try {
    return await run();
  } finally {
    clearInterval(timer);
    if (isTerminal) clearBar(output);
  }
}

/** Deletes the line of the bar, so that something else can be printed there. */
export function clearBar(output: NodeJS.WriteStream): void {
  if (output.isTTY) output.write('\r\u001b[K');
}
