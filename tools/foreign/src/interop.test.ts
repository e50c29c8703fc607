import { describe, test } from 'node:test';
import { caseNames } from './interop/cases.ts';
import { clientNames, runCase, serverNames, startClients, startServers, whyNot } from './interop/pairs.ts';
import { whyNoPython } from './python.ts';

describe("gRPC's interoperability cases", { skip: whyNoPython() ?? false }, async () => {
  test('pass between every client and every server', async (t) => {
    const servers = await startServers(t);
    const clients = startClients(t);
    for (const client of clientNames) {
      for (const server of serverNames) {
        for (const name of caseNames) {
          const skip = whyNot(client, server, name) ?? false;
          await t.test(`${client} calls ${server}: ${name}`, { skip }, () =>
            runCase(clients[client], name, servers[server]),
          );
        }
      }
    }
  });
});
