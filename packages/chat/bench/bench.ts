// `pnpm bench:chat`: a thousand clients in one room, and some of them talk. How many messages go in and out in a second, how long it
// takes until the last client has a message, and how much memory a client needs. Then the same with some clients that do not read.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Heard, Report } from './crowd.ts';

const PROCESSES = 4;
const CLIENTS = 1000;
// In each process.
const TALKERS = 5;
const SECONDS = 10;
// In milliseconds: code is compiled, and all earlier messages have been heard.
const WARM_UP = 2000;
const HANG = 60_000;

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const withTsx = { execArgv: ['--import', 'tsx'] };

async function startServer() {
  // A limit that no client of this benchmark reaches.
  const options = ['--port', '0', '--rate', '1000000', '--queue', '200'];
  const server = spawn(process.execPath, ['--import', 'tsx', path('../src/server.ts'), ...options]);
  let tooSlow = 0;
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const [, found] = /^Serving .* on (\S+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
      if (line.includes('reads too slowly')) tooSlow++;
    });
    server.once('exit', () => reject(new Error('the server ended before it served')));
  });
  return { server, address, tooSlow: () => tooSlow };
}

/** Memory of a process, in kB. */
function resident(child: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
}

async function reportOf<Kind extends Report>(child: ChildProcess): Promise<Kind> {
  const [report] = await once(child, 'message', { signal: AbortSignal.timeout(HANG) });
  return report as Kind;
}

/** What all processes heard together. The time of a message is the time when the last client got it. */
function merged(reports: [string, ...Heard][][]): Heard[] {
  const all = new Map<string, Heard>();
  for (const [id, sentAt, heardAt, hearers] of reports.flat()) {
    const known = all.get(id);
    if (known) {
      known[1] = Math.max(known[1], heardAt);
      known[2] += hearers;
    } else all.set(id, [sentAt, heardAt, hearers]);
  }
  return [...all.values()];
}

const percentile = (sorted: number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

async function measure(stalled: number): Promise<void> {
  const { server, address, tooSlow } = await startServer();
  const empty = resident(server);
  const crowds = Array.from({ length: PROCESSES }, (_, index) =>
    fork(
      path('./crowd.ts'),
      [address, CLIENTS / PROCESSES, TALKERS, index === 0 ? stalled : 0].map(String),
      withTsx,
    ),
  );
  try {
    await Promise.all(crowds.map((crowd) => reportOf(crowd)));
    const full = resident(server);
    for (const crowd of crowds) crowd.send('talk');
    await delay(WARM_UP);
    const from = performance.timeOrigin + performance.now();
    await delay(SECONDS * 1000);
    const to = performance.timeOrigin + performance.now();
    const loaded = resident(server);
    const reports = crowds.map((crowd) => reportOf<Extract<Report, { ended: number }>>(crowd));
    for (const crowd of crowds) crowd.send('stop');
    const all = await Promise.all(reports);
    const ended = all.reduce((sum, report) => sum + report.ended, 0);
    const reading = CLIENTS - stalled;
    const heard = merged(all.map((report) => report.heard)).filter(
      ([, heardAt, hearers]) => heardAt >= from && heardAt < to && hearers === reading - 1,
    );
    const latencies = heard.map(([sentAt, heardAt]) => heardAt - sentAt).sort((a, b) => a - b);
    const rate = heard.length / SECONDS;
    console.log(`${CLIENTS} clients, ${stalled} of them do not read:
  the server gets       ${rate.toFixed(0)} messages a second
  the server delivers   ${(rate * (reading - 1)).toFixed(0)} messages a second
  until all have it     ${percentile(latencies, 0.5).toFixed(0)} ms p50, ${percentile(latencies, 0.99).toFixed(0)} ms p99
  the server's memory   ${((full - empty) / CLIENTS).toFixed(0)} kB a client, ${(loaded / 1000).toFixed(0)} MB in all under load
  ended as too slow     ${tooSlow()} clients; ${ended} of them were reading`);
  } finally {
    for (const crowd of crowds) crowd.disconnect();
    server.kill();
    await once(server, 'exit');
  }
}

await measure(0);
await measure(10);
