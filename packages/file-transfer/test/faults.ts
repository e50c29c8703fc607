// `pnpm file-transfer:faults --kills 200`: puts and gets files while clients and servers are killed with SIGKILL and connections are
// cut and silenced, at random moments; then compares every file. `--seed` repeats the choice of moments.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseWholeNumber } from 'cli/duration';
import { program } from 'cli/program';
import { type Relay, startRelay } from 'cli/relay';

const { options } = program('pnpm file-transfer:faults', 'Puts and gets files while either side is killed.')
  .option('--kills <number>', 'how many faults', parseWholeNumber, 200)
  .option('--seed <number>', 'repeats the faults of an earlier run', parseWholeNumber, Date.now() % 1_000_000)
  .option('--size <MiB>', 'size of the largest file', parseWholeNumber, 24)
  .parse();
const KILLS = options.kills;
const SIZE = options.size * 1024 * 1024;
const AT_ONCE = 2;
// What one fault may cost: a server that is killed forgets what it has not committed, which is 8 MiB and another 8 MiB while the disk
// syncs those. A window of 4 MiB, and a few buffers, are on their way.
const COST_OF_A_FAULT = 24 * 1024 * 1024;

/** A generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dice = random(options.seed);
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'faults-'));
const served = join(folder, 'served');
const local = join(folder, 'local');
await mkdir(local);

function start(program: string, args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', path(program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The server, started again whenever it is killed, always on the same port. */
let port = '0';
let server = await startServer();
async function startServer(): Promise<ChildProcess> {
  const child = start('../src/server.ts', ['--folder', served, '--port', port]);
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [, found] = /^Serving .*:(\d+)$/.exec(line) ?? [];
    if (found === undefined) continue;
    port = found;
    break;
  }
  child.stdout?.resume();
  child.stderr?.resume();
  return child;
}

const sha256 = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

/** A file that no other is like: blocks of a cheap pattern, because random bytes for hundreds of files take long. */
async function makeFile(name: string): Promise<string> {
  const file = join(local, name);
  await using handle = await open(file, 'w');
  const block = Buffer.alloc(1024 * 1024);
  for (let position = 0; position < SIZE; position += block.length) {
    block.fill(`${name} ${position} `);
    await handle.write(block, 0, block.length, position);
  }
  return file;
}

const tally = { 'client killed': 0, 'server killed': 0, 'connection cut': 0, 'connection silenced': 0 };
type Fault = keyof typeof tally;
const faults = Object.keys(tally) as Fault[];
let injected = 0;
const violations: string[] = [];
const done = new Map<string, string>();

/** Does one thing to a transfer; resolves when the victim is back. */
async function inject(fault: Fault, client: ChildProcess, relay: Relay): Promise<void> {
  tally[fault]++;
  injected++;
  if (fault === 'client killed') client.kill('SIGKILL');
  else if (fault === 'connection cut') relay.cut();
  else if (fault === 'connection silenced') relay.silence();
  else await restartServer();
}

let restarting: Promise<void> | undefined;
function restartServer(): Promise<void> {
  restarting ??= (async () => {
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
    server = await startServer();
    restarting = undefined;
  })();
  return restarting;
}

/** Runs a client to its end, again after each kill, with some faults on the way. @returns how many there were */
async function persist(what: string, args: string[], relay: Relay, faultsLeft: number): Promise<number> {
  let left = faultsLeft;
  for (;;) {
    const options = ['--address', relay.address, '--stall', '1s', '--retry-for', '60s'];
    const client = start('../src/client.ts', [...args, ...options]);
    const exit = once(client, 'exit');
    const errors: string[] = [];
    createInterface({ input: client.stderr as NodeJS.ReadableStream }).on('line', (line) =>
      errors.push(line),
    );
    client.stdout?.resume();
    let over = false;
    void exit.then(() => {
      over = true;
    });
    // The moment is one in the bytes, so that it is in the middle of something on any machine.
    while (left > 0 && !over) {
      const moment = relay.bytes() + dice() * (SIZE / 2);
      while (relay.bytes() < moment && !over) await delay(1);
      if (over) break;
      left--;
      await inject(faults[Math.floor(dice() * faults.length)] ?? 'connection cut', client, relay);
    }
    const [code, signal] = await exit;
    if (code === 0) return faultsLeft - left;
    if (signal !== 'SIGKILL') {
      violations.push(`${what} ended with ${code}: ${errors.at(-1)}`);
      return faultsLeft - left;
    }
  }
}

async function transfer(name: string, faultsEach: number): Promise<void> {
  const file = await makeFile(name);
  const expected = await sha256(file);
  const copy = join(local, `${name}.copy`);
  for (const [what, args] of [
    ['put', ['put', file]],
    ['get', ['get', name, '--output', copy]],
  ] as const) {
    const relay = await startRelay(`127.0.0.1:${port}`);
    const killsBefore = tally['server killed'];
    const own = await persist(`${what} ${name}`, [...args], relay, faultsEach);
    const bytes = relay.bytes();
    await relay.close();
    // Those of the server may be faults of the other transfer.
    const atMost = own + tally['server killed'] - killsBefore;
    if (bytes >= SIZE * 1.01 + atMost * COST_OF_A_FAULT)
      violations.push(`${what} ${name} moved ${bytes} bytes for ${SIZE}, with at most ${atMost} faults`);
    moved.push(bytes / SIZE);
    if (what === 'put') done.set(name, expected);
  }
  if ((await sha256(copy).catch(() => 'no file')) !== expected) violations.push(`got another ${name}`);
  await rm(file);
  await rm(copy, { force: true });
  await checkServed(name);
}

const moved: number[] = [];

/** Whatever has a name is whole, and what a put said is done is there. */
async function checkServed(name: string): Promise<void> {
  const found = await sha256(join(served, name)).catch(() => undefined);
  if (found === undefined) violations.push(`${name} was put and is not there`);
  else if (found !== done.get(name)) violations.push(`${name} is not whole`);
  await rm(join(served, name), { force: true });
}

const started = performance.now();
let next = 0;
async function work(): Promise<void> {
  while (injected < KILLS) await transfer(`file-${next++}`, 1 + Math.floor(dice() * 3));
}
try {
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const leftovers = (await readdir(served)).filter((name) => name !== '.transfer');
  if (leftovers.length > 0) violations.push(`${leftovers.join(', ')} appeared from nowhere`);
} finally {
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await exit;
  await rm(folder, { recursive: true });
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`seed ${options.seed}: ${next} files of ${options.size} MiB put and got in ${seconds} s`);
for (const [fault, count] of Object.entries(tally)) console.log(`${fault}: ${count}`);
const mean = moved.reduce((sum, times) => sum + times, 0) / moved.length;
if (mean >= 2) violations.push('on average twice as many bytes were moved as the files have');
console.log(
  `bytes moved for each byte of a file: ${mean.toFixed(2)} on average, ${Math.max(...moved).toFixed(2)} at most`,
);
for (const violation of violations) console.error(violation);
console.log(`${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
