// `pnpm bench:proxy`: what a proxy costs. Each kind of proxy is a process; nginx is measured, too.
import { fileURLToPath } from 'node:url';
import { startServer } from 'cli/testing';
import { connect as connectClient } from 'grpc-iterables';
import { Messanger, MessangerProxy } from 'proto';
import { type Client, measures, median } from './measure.ts';
import { nginxVersion, startNginx } from './nginx.ts';

const ROUNDS = 3;
const messangerProto = fileURLToPath(new URL('../../../proto/messanger.proto', import.meta.url));
const server = new URL('./server.ts', import.meta.url);
const proxy = new URL('../src/proxy-server.ts', import.meta.url);

const cleanUps: (() => unknown)[] = [];
const processes = { after: (cleanUp: () => unknown) => void cleanUps.push(cleanUp) };

function connect(address: string, clientClass: typeof Messanger | typeof MessangerProxy = Messanger): Client {
  const client = connectClient(clientClass, address);
  cleanUps.push(() => client.close());
  return client;
}

/** Every way to the server, by name. */
async function startWays(): Promise<[string, Client][]> {
  const { address: to } = await startServer(processes, server);
  const messages = await startServer(processes, proxy, '--to', to);
  const bytes = await startServer(processes, proxy, '--to', to, '--proto', messangerProto);
  const ways: [string, Client][] = [
    ['direct', connect(to)],
    ['proxy', connect(messages.address, MessangerProxy)],
    ['pass-through', connect(bytes.address)],
  ];
  const version = nginxVersion();
  if (version === undefined) {
    console.log('nginx: skipped, it is not installed (Debian: apt-get install nginx-light)');
  } else {
    const nginx = await startNginx(to);
    cleanUps.push(nginx.stop);
    ways.push([`nginx ${version}`, connect(nginx.address)]);
  }
  return ways;
}

/** One line for each measure: the median of all rounds for each way. Ways take turns, so that all meet the same load of the machine. */
async function bench(ways: [string, Client][]): Promise<string[][]> {
  const lines: string[][] = [];
  for (const { name, unit, digits, run } of measures) {
    const figures = new Map<string, number[]>(ways.map(([way]) => [way, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [way, client] of ways) figures.get(way)?.push(await run(client));
    }
    lines.push([
      `${name}, ${unit}`,
      ...[...figures.values()].map((values) => median(values).toFixed(digits)),
    ]);
  }
  return lines;
}

const started = performance.now();
try {
  const ways = await startWays();
  for (const { run } of measures) for (const [, client] of ways) await run(client);
  const header = ['', ...ways.map(([way]) => way)];
  const lines = [header, header.map(() => '---'), ...(await bench(ways))];
  for (const cells of lines) console.log(`| ${cells.join(' | ')} |`);
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s, median of ${ROUNDS} rounds`);
} finally {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
}
