// `pnpm bench:profile [work] [library]`: in which code both sides spend their time during that work.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [work = 'server streaming, 100,000 tiny', stack = 'ours'] = process.argv.slice(2);
const ROUNDS = 10;
const program = fileURLToPath(new URL('./side.ts', import.meta.url));

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
}

/** The part of the program to which a frame of the call stack belongs. */
function partOf(name: string, url: string): string | undefined {
  // Loading the program is not part of the work.
  if (/^node:internal\/(modules|bootstrap|source_map|deps)|\/(tsx|esbuild)\//.test(url)) return undefined;
  if (name === '(idle)') return 'waiting, and the event loop itself';
  if (name === '(garbage collector)') return 'garbage collection';
  if (name === '(program)') return 'native code: HTTP/2 and system calls';
  if (/protobufjs|proto-loader/.test(url) || /\$(encode|decode|toObject|fromObject)/.test(name))
    return 'protobuf';
  if (url.includes('@grpc/grpc-js')) return 'grpc-js';
  if (url.includes('grpc-iterables') || url.includes('tools/bench'))
    return 'grpc-iterables and the benchmark';
  if (/^node:.*(http2|stream_base)/.test(url)) return "Node's http2";
  if (/^node:.*(streams|buffer|events)/.test(url)) return "Node's streams and buffers";
  if (/^node:.*(task_queues|promises|async_hooks)/.test(url) || name === 'runMicrotasks')
    return 'promises and ticks';
  return 'other';
}

function start(folder: string, ...args: string[]): ChildProcess {
  return fork(program, args, { execArgv: ['--cpu-prof', '--cpu-prof-dir', folder, '--import', 'tsx'] });
}

/** The profile of the main thread. The profiles of the loader's threads are smaller. */
function profileIn(folder: string): Profile {
  const profiles = readdirSync(folder).map(
    (file): Profile => JSON.parse(readFileSync(join(folder, file), 'utf8')),
  );
  const main = profiles.sort((a, b) => b.nodes.length - a.nodes.length)[0];
  if (!main)
    throw new Error(`no profile was written; pnpm bench has no work "${work}" or no library "${stack}"`);
  return main;
}

function printShares(side: string, { nodes, samples, timeDeltas }: Profile): void {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const { functionName = '', url = '' } = frames.get(id) ?? {};
    const part = partOf(functionName, url);
    if (part) parts.set(part, (parts.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const all = [...parts.values()].reduce((sum, time) => sum + time, 0);
  console.log(`${side}:`);
  for (const [part, time] of [...parts].sort(([, a], [, b]) => b - a)) {
    console.log(`  ${((time / all) * 100).toFixed(0).padStart(3)} %  ${part}`);
  }
}

const folders = ['server', 'client'].map((side) => mkdtempSync(join(tmpdir(), `profile-${side}-`)));
const [serverFolder = '', clientFolder = ''] = folders;
try {
  const server = start(serverFolder, 'server', stack);
  const [{ address }] = await once(server, 'message');
  const client = start(clientFolder, 'client', stack, work, address);
  for (let round = 0; round < ROUNDS; round++) {
    client.send('run');
    await once(client, 'message');
  }
  const exits = [once(client, 'exit'), once(server, 'exit')];
  client.disconnect();
  server.disconnect();
  await Promise.all(exits);
  console.log(`${work}, ${stack}`);
  printShares('client', profileIn(clientFolder));
  printShares('server', profileIn(serverFolder));
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
