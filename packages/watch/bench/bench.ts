// `pnpm bench:watch`: ten thousand watchers of one key: how many deliveries a second, how long a change takes to the last watcher,
// and what a watcher costs in memory.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connect } from 'grpc-iterables';
import { Store } from 'proto';
import type { Report } from './watchers.ts';

const PROCESSES = 2;
const WATCHERS = 10_000;
const CONNECTIONS = 100;
const CHANGES = 50;
// Not measured: code is compiled meanwhile.
const WARM_UP = 5;
const HANG = 120_000;
const VALUE = Buffer.alloc(100, 'x');

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function startServer() {
  const server = spawn(process.execPath, ['--import', 'tsx', path('../src/server.ts'), '--port', '0']);
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const [, found] = /^Serving .* on (\S+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error('the server ended before it served')));
  });
  return { server, address };
}

/** Memory of a process, in kB. */
function resident(child: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
}

/** The CPU time that a process has used, in seconds. Linux counts it in hundredths. */
function cpuTime(child: ChildProcess): number {
  const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

/** Resolves when a process says that all its watchers have a revision. */
function reached(child: ChildProcess, revision: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`revision ${revision} did not reach all`)), HANG);
    const listen = (report: Report) => {
      if (report.revision < revision) return;
      clearTimeout(timer);
      child.off('message', listen);
      resolve();
    };
    child.on('message', listen);
  });
}

const percentile = (sorted: number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

const { server, address } = await startServer();
const empty = resident(server);
const crowds = Array.from({ length: PROCESSES }, () =>
  fork(path('./watchers.ts'), [address, String(WATCHERS / PROCESSES), String(CONNECTIONS / PROCESSES)], {
    execArgv: ['--import', 'tsx'],
  }),
);
try {
  await Promise.all(crowds.map((crowd) => reached(crowd, 1)));
  const full = resident(server);
  const client = connect(Store, address);
  const latencies: number[] = [];
  let started = performance.now();
  let cpuBefore = 0;
  for (let change = 1 - WARM_UP; change <= CHANGES; change++) {
    if (change === 1) {
      started = performance.now();
      cpuBefore = cpuTime(server);
    }
    const before = performance.now();
    const revision = change + WARM_UP + 1;
    const all = Promise.all(crowds.map((crowd) => reached(crowd, revision)));
    await client.put({ entries: [{ key: 'key', value: VALUE }] });
    await all;
    if (change > 0) latencies.push(performance.now() - before);
  }
  const cpu = cpuTime(server) - cpuBefore;
  const seconds = (performance.now() - started) / 1000;
  await client.close();
  latencies.sort((a, b) => a - b);
  console.log(`${WATCHERS} watchers of one key, over ${CONNECTIONS} connections:
  deliveries           ${((CHANGES * WATCHERS) / seconds).toFixed(0)} a second
  to the last watcher  ${percentile(latencies, 0.5).toFixed(0)} ms p50, ${percentile(latencies, 0.99).toFixed(0)} ms p99
  server's CPU         ${((cpu * 1e6) / (CHANGES * WATCHERS)).toFixed(1)} µs a delivery
  server's memory      ${((full - empty) / WATCHERS).toFixed(1)} kB a watcher, ${(resident(server) / 1000).toFixed(0)} MB in all after ${CHANGES} changes`);
} finally {
  for (const crowd of crowds) crowd.disconnect();
  server.kill();
  await once(server, 'exit');
}
