// `pnpm bench:files`: a file of 1 GiB and 4,000 small ones, through the server and client of this package and over plain node:http; then
// what window and chunk do on a line of 20 ms. `--size 256` takes a smaller file, in MiB; `--only large`, `small` or `line`
// measures one of them.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import type { Answer, Task } from './sides.ts';
import { startSlowLine } from './slow-line.ts';

const { options } = program('pnpm bench:files', 'Compares file-transfer with node:http.')
  .option('--size <MiB>', 'size of the large file', parseWholeNumber, 1024)
  .option('--rounds <number>', 'repetitions of each', parseWholeNumber, 3)
  .option('--only <part>', 'only the parts with this in their name')
  .parse();
const MIB = 1024 * 1024;
const SIZE = options.size * MIB;
const ROUNDS = options.rounds;
const SMALL_FILES = 4000;
const SMALL_BYTES = 4096;
const LINE_BYTES = 16 * MIB;
const HANG = 300_000;

const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'bench-files-'));
const local = join(folder, 'local');
const small = join(folder, 'small');
const children: ChildProcess[] = [];

async function start(side: string, stack: string, where: string, env: Record<string, string> = {}) {
  const child = fork(fileURLToPath(new URL('sides.ts', import.meta.url)), [side, stack, where], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
  });
  children.push(child);
  const answer = async <Kind extends Answer>() => {
    const [found] = await once(child, 'message', { signal: AbortSignal.timeout(HANG) });
    return found as Kind;
  };
  const { address } = await answer<{ address: string }>();
  return {
    address,
    async ask<Kind extends Answer>(task: Task): Promise<Kind> {
      const answered = answer<Kind>();
      child.send(task);
      return answered;
    },
    stop: () => child.kill(),
  };
}

async function pair(stack: string) {
  const served = join(folder, stack);
  await mkdir(served);
  const server = await start('server', stack, served);
  const client = await start('client', stack, server.address);
  return {
    async seconds(task: Task): Promise<number> {
      return (await client.ask<{ seconds: number }>(task)).seconds;
    },
    async megabytes(): Promise<[server: number, client: number]> {
      const [ofServer, ofClient] = await Promise.all(
        [server, client].map((side) => side.ask<{ megabytes: number }>({ do: 'memory' })),
      );
      return [ofServer?.megabytes ?? 0, ofClient?.megabytes ?? 0];
    },
    async forget(): Promise<void> {
      for (const name of await readdir(served)) if (name !== '.transfer') await rm(join(served, name));
    },
    stop() {
      server.stop();
      client.stop();
    },
  };
}

async function makeFile(path: string, size: number): Promise<void> {
  await using file = await open(path, 'w');
  for (let written = 0; written < size; written += MIB)
    await file.write(randomBytes(Math.min(MIB, size - written)));
  await file.sync();
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const inMegabytes = (bytes: number, seconds: number) => `${(bytes / 1e6 / seconds).toFixed(0)} MB a second`;

/** One file, up and down, in turns with plain HTTP, so that both have the same machine. */
async function largeFile(): Promise<void> {
  await makeFile(join(local, 'large'), SIZE);
  const stacks = {
    grpc: await pair('grpc'),
    http: await pair('http'),
    'http-checked': await pair('http-checked'),
  };
  const times: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const direction of ['put', 'get'] as const) {
      for (const [name, stack] of Object.entries(stacks)) {
        const into = direction === 'put' ? local : join(folder, `got-${name}`);
        await mkdir(into, { recursive: true });
        const seconds = await stack.seconds({ do: direction, name: 'large', folder: into });
        times[`${direction} ${name}`] = [...(times[`${direction} ${name}`] ?? []), seconds];
      }
    }
    for (const stack of Object.values(stacks)) await stack.forget();
    for (const name of Object.keys(stacks)) await rm(join(folder, `got-${name}`), { recursive: true });
    // The same bytes are another file now: an upload that is complete is not sent again.
    await makeFile(join(local, 'large'), SIZE);
  }
  for (const direction of ['put', 'get']) {
    const [ours = 1, plain = 1, checked = 1] = Object.keys(stacks).map((name) =>
      median(times[`${direction} ${name}`] ?? []),
    );
    console.log(`${direction} ${options.size} MiB: ${inMegabytes(SIZE, ours)}`);
    console.log(`  node:http: ${inMegabytes(SIZE, plain)}, ratio ${(plain / ours).toFixed(2)}`);
    console.log(
      `  with SHA-256 and sync: ${inMegabytes(SIZE, checked)}, ratio ${(checked / ours).toFixed(2)}`,
    );
  }
  const [server, client] = await stacks.grpc.megabytes();
  console.log(`memory at its highest: server ${server.toFixed(0)} MB, client ${client.toFixed(0)} MB`);
  const [httpServer, httpClient] = await stacks.http.megabytes();
  console.log(`node:http: server ${httpServer.toFixed(0)} MB, client ${httpClient.toFixed(0)} MB`);
  for (const stack of Object.values(stacks)) {
    await stack.forget();
    stack.stop();
  }
}

async function smallFiles(): Promise<void> {
  await mkdir(small);
  for (let index = 0; index < SMALL_FILES; index++) {
    await writeFile(join(small, `file-${index}`), randomBytes(SMALL_BYTES));
  }
  for (const stack of ['grpc', 'http']) {
    await rm(join(folder, stack), { recursive: true, force: true });
    const files = await pair(stack);
    const seconds = await files.seconds({ do: 'put-all', folder: small });
    const rate = (SMALL_FILES / seconds).toFixed(0);
    console.log(
      `put ${SMALL_FILES} files of 4 KiB, ${stack}: ${seconds.toFixed(1)} s, ${rate} files a second`,
    );
    files.stop();
  }
}

/** What the windows of both sides do on a line that a byte needs 10 ms for, each way. */
async function slowLine(): Promise<void> {
  await makeFile(join(local, 'line'), LINE_BYTES);
  for (const kib of [64, 256, 1024, 4096]) {
    await rm(join(folder, 'grpc'), { recursive: true, force: true });
    await mkdir(join(folder, 'grpc'));
    const env = { WINDOW: String(kib * 1024) };
    const server = await start('server', 'grpc', join(folder, 'grpc'), env);
    const line = await startSlowLine(server.address, 10);
    const client = await start('client', 'grpc', line.address, env);
    const up = await client.ask<{ seconds: number }>({ do: 'put', name: 'line', folder: local });
    const into = join(folder, `got-${kib}`);
    await mkdir(into);
    const down = await client.ask<{ seconds: number }>({ do: 'get', name: 'line', folder: into });
    console.log(
      `window ${kib} KiB, 20 ms: up ${inMegabytes(LINE_BYTES, up.seconds)}, down ${inMegabytes(LINE_BYTES, down.seconds)}`,
    );
    client.stop();
    server.stop();
    line.close();
  }
}

await mkdir(local);
try {
  for (const [name, measure] of Object.entries({ large: largeFile, small: smallFiles, line: slowLine })) {
    if (options.only === undefined || options.only === name) await measure();
  }
} finally {
  for (const child of children) child.kill();
  await rm(folder, { recursive: true });
}
