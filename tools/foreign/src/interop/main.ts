// `pnpm interop`: gRPC's interoperability cases between every client and every server, as a table.
import { caseNames } from './cases.ts';
import {
  type ClientName,
  clientNames,
  runCase,
  type ServerName,
  serverNames,
  startClients,
  startServers,
  whyNot,
} from './pairs.ts';

const cleanUps: (() => unknown)[] = [];
const scope = { after: (cleanUp: () => unknown) => void cleanUps.push(cleanUp) };
const reasons: string[] = [];
const failures: string[] = [];

async function resultOf(client: ClientName, server: ServerName, name: (typeof caseNames)[number]) {
  const reason = whyNot(client, server, name);
  if (reason !== undefined) {
    if (!reasons.includes(reason)) reasons.push(reason);
    return String(reasons.indexOf(reason) + 1);
  }
  try {
    await runCase(clients[client], name, servers[server]);
    return '✓';
  } catch (error) {
    failures.push(`${client} calls ${server}, ${name}: ${error instanceof Error ? error.message : error}`);
    return '✗';
  }
}

const servers = await startServers(scope);
const clients = startClients(scope);
const letters = clientNames.map((name) => (name === 'grpcio' ? 'p' : name[0])).join('  ');
console.log(`${''.padEnd(28)}${serverNames.map((name) => name.padEnd(14)).join('')}`.trimEnd());
console.log(`${''.padEnd(28)}${serverNames.map(() => letters.padEnd(14)).join('')}`.trimEnd());
for (const name of caseNames) {
  let row = name.padEnd(28);
  for (const server of serverNames) {
    const results: string[] = [];
    for (const client of clientNames) results.push(await resultOf(client, server, name));
    row += results.join('  ').padEnd(14);
  }
  console.log(row.trimEnd());
}
console.log(`columns: the servers; below each the clients ${clientNames.join(', ')}`);
for (const [index, reason] of reasons.entries()) console.log(`${index + 1}: ${reason}`);
for (const failure of failures) console.log(failure);
for (const cleanUp of cleanUps.reverse()) await cleanUp();
process.exit(failures.length > 0 ? 1 : 0);
