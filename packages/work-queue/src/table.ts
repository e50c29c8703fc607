import { printable } from 'cli';
import type { QueueStats__Output } from 'proto/gen/workqueue/QueueStats';

/** What happened in a second. */
export interface Rates {
  readonly added: number;
  readonly done: number;
  readonly failed: number;
}

/** Compares the numbers of the queue with those before. */
export function newRates(now: () => number = () => performance.now()): (stats: QueueStats__Output) => Rates {
  let before: { stats: QueueStats__Output; time: number } | undefined;
  return (stats) => {
    const time = now();
    const last = before ?? { stats, time };
    before = { stats, time };
    const seconds = (time - last.time) / 1000;
    // A server that was started again counts from 0.
    const rate = (name: 'added' | 'done' | 'failed') =>
      seconds > 0 ? Math.max(0, (Number(stats[name]) - Number(last.stats[name])) / seconds) : 0;
    return { added: rate('added'), done: rate('done'), failed: rate('failed') };
  };
}

const perSecond = (rate: number) => `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;

/** All numbers in one line, for a file or a pipe. */
export function summary({ waiting, held, dead }: QueueStats__Output, { added, done, failed }: Rates): string {
  const rates = `added ${perSecond(added)}, done ${perSecond(done)}, failed ${perSecond(failed)}`;
  return `waiting ${waiting}, held ${held}, dead ${dead}; ${rates}`;
}

/** The queue and then its workers, the busiest first. */
export function table(stats: QueueStats__Output, rates: Rates): string[] {
  const workers = stats.workers.toSorted((a, b) => Number(b.done) - Number(a.done));
  const width = Math.max(6, ...workers.map(({ name }) => printable(name).length));
  const row = (name: string, window: string, held: string, done: string) =>
    `${name.padEnd(width)}  ${window.padStart(6)}  ${held.padStart(6)}  ${done.padStart(8)}`;
  return [
    summary(stats, rates),
    `since the start of the server: added ${stats.added}, done ${stats.done}, failed ${stats.failed}`,
    '',
    row('worker', 'window', 'held', 'done'),
    ...workers.map(({ name, window, held, done }) =>
      row(printable(name), String(window), String(held), done),
    ),
  ];
}
