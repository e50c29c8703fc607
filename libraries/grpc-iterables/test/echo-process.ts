// One side of an echo call as a process of its own, for tests that kill it.
import { fileURLToPath } from 'node:url';
import { defineService, serve } from '../src/index.ts';
import { endlessRequests, stallingHandlers } from './echo-server.ts';
import { type EchoHandlers, echoDefinition } from './echo-service.ts';
import { connectEcho } from './transport.ts';

async function serveStalling(): Promise<void> {
  const stalled = stallingHandlers();
  const server = await serve([defineService<EchoHandlers>(echoDefinition, stalled.handlers)], {
    handleSignals: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.send?.(signal));
  process.send?.(server.address);
  await stalled.reached;
  process.send?.('reached');
}

async function call(address: string, kind: string): Promise<void> {
  const { client } = connectEcho(address);
  const { requests } = endlessRequests();
  if (kind === 'unary') await client.unary({ value: 1 });
  if (kind === 'upload') await client.upload(requests);
  if (kind === 'download') for await (const _ of client.download({ value: 1 }));
  if (kind === 'exchange') for await (const _ of client.exchange(requests));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [side, address = '', kind = ''] = process.argv.slice(2);
  await (side === 'server' ? serveStalling() : call(address, kind));
}
