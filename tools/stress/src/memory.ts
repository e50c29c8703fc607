// `pnpm bench:memory [messages]`: how much the memory of each side grows when the reader is slow.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MemoryReport } from './memory-side.ts';

const BOUND = 40;
const program = fileURLToPath(new URL('./memory-side.ts', import.meta.url));
const [text = '1000000'] = process.argv.slice(2);
if (!/^[1-9]\d{0,8}$/.test(text)) {
  console.error(`"${text}" is not a number of messages, 1 to 999999999`);
  process.exit(2);
}

interface Side {
  child: ChildProcess;
  told: MemoryReport;
  growth(): number;
}

function start(...args: string[]): Side {
  const child = fork(program, args, { execArgv: ['--import', 'tsx'] });
  const told: MemoryReport = {};
  child.on('message', (message: MemoryReport) => Object.assign(told, message));
  return { child, told, growth: () => ((told.peak ?? Number.NaN) - (told.idle ?? 0)) / 1e6 };
}

async function measure(kind: string, slow: 'client' | 'server'): Promise<boolean> {
  const pace = (side: string) => (side === slow ? 'slow' : 'fast');
  const server = start('server', pace('server'));
  while (server.told.listening === undefined) await once(server.child, 'message');
  const client = start('client', server.told.listening, kind, text, pace('client'));
  const started = performance.now();
  const [code] = await once(client.child, 'exit');
  const seconds = (performance.now() - started) / 1000;
  const ended = once(server.child, 'exit');
  server.child.kill('SIGTERM');
  await ended;
  const queued = (kind === 'download' ? server : client).told.queued;
  const met = code === 0 && server.growth() < BOUND && client.growth() < BOUND;
  const cells = [kind.padEnd(9), slow.padEnd(7), server.growth().toFixed(0).padStart(10)];
  cells.push(
    client.growth().toFixed(0).padStart(10),
    String(queued).padStart(8),
    seconds.toFixed(1).padStart(6),
  );
  console.log(`${cells.join('  ')}  ${met ? 'met' : 'MISSED'}`);
  return met;
}

console.log(
  `${text} messages; growth in MB, at most ${BOUND}; queued: messages sent while the slow side read nothing`,
);
console.log('kind       slow     server +MB  client +MB   queued  seconds');
let met = true;
for (const [kind, slow] of [
  ['download', 'client'],
  ['upload', 'server'],
  ['exchange', 'client'],
  ['exchange', 'server'],
] as const) {
  met = (await measure(kind, slow)) && met;
}
process.exitCode = met ? 0 : 1;
