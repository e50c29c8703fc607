// `pnpm bench:queue`: how many jobs a second go through one server, in memory and in a broker, and what a waiting job costs.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startBroker, whyNoBroker } from 'cli/broker';
import { connect } from 'grpc-iterables';
import { WorkQueue } from 'proto';
import { add } from '../src/add.ts';

const JOBS = 50_000;
const PAYLOAD = 'x'.repeat(100);
const PRODUCERS = 4;
const WORKERS = 2;
const PARALLEL = 100;

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** The time that a process has computed: the fields 14 and 15 of its stat, in hundredths of a second. */
function cpuSeconds({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
const residentMb = ({ pid }: ChildProcess) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;

async function startServer(options: string[]) {
  const server = spawn(process.execPath, [
    '--import',
    'tsx',
    path('../src/server.ts'),
    '--port',
    '0',
    ...options,
  ]);
  server.stderr.pipe(process.stderr);
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const [, found] = /^Serving .* on (\S+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error('the server ended before it served')));
  });
  return { server, address };
}

async function measured(server: ChildProcess, count: number, use: () => Promise<unknown>): Promise<string> {
  const cpu = cpuSeconds(server);
  const started = performance.now();
  await use();
  const seconds = (performance.now() - started) / 1000;
  const share = ((cpuSeconds(server) - cpu) / seconds) * 100;
  return `${Math.round(count / seconds)} a second, the server at ${share.toFixed(0)} % of a core`;
}

async function measure(what: string, options: string[]): Promise<void> {
  const { server, address } = await startServer(options);
  const client = connect(WorkQueue, address);
  const jobs = Array.from({ length: JOBS / PRODUCERS }, () => ({ payload: PAYLOAD }));
  const addAll = () => Promise.all(Array.from({ length: PRODUCERS }, () => add(client, jobs)));
  const empty = residentMb(server);
  const added = await measured(server, JOBS, addAll);
  const full = residentMb(server);

  const workers = Array.from({ length: WORKERS }, () =>
    fork(path('./worker.ts'), [address, String(PARALLEL)], { execArgv: ['--import', 'tsx'] }),
  );
  const untilDone = async (count: number) => {
    while (Number((await client.stats({})).done) < count)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  // The start of the workers does not count.
  await untilDone(1);
  const before = Number((await client.stats({})).done);
  const done = await measured(server, JOBS - before, () => untilDone(JOBS));
  const both = await measured(server, JOBS, async () => {
    await addAll();
    await untilDone(2 * JOBS);
  });
  for (const worker of workers) worker.send('stop');
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  await client.close();
  server.kill();
  await once(server, 'exit');
  console.log(`${what}: ${JOBS} jobs of ${PAYLOAD.length} bytes, ${WORKERS} workers with a window of ${PARALLEL}
  added                ${added}
  done                 ${done}
  added and done       ${both}
  a waiting job costs  ${(((full - empty) * 1e6) / JOBS).toFixed(0)} bytes of the server's memory`);
}

await measure('in memory', []);
const reason = whyNoBroker();
if (reason) console.log(`in a broker: ${reason}`);
else {
  const broker = await startBroker();
  await measure('in a broker', ['--broker', broker.url]);
  await broker.remove();
}
