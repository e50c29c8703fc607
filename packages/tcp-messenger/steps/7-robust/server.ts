// Step 7: survives everything that clients send or do not read. Type `pnpm tcp-messenger:server` here, and
// `pnpm tcp-messenger:client` or `nc 127.0.0.1 8090` in as many other terminals as you like.
import { on } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { parseDuration, parsePort } from 'cli/duration';
import { program } from 'cli/program';
import { newMessenger } from './messenger.ts';

const { options } = program('pnpm tcp-messenger:server', 'Passes messages between its clients.')
  .option('--port <number>', 'port to listen on; 0 picks a free one', parsePort, 8090)
  .option(
    '--patience <duration>',
    'how long a message waits for a client that reads slowly',
    parseDuration,
    10_000,
  )
  .option(
    '--cut-off <duration>',
    'how long a client may be too slow before it is disconnected',
    parseDuration,
    600_000,
  )
  .parse();
const { port, patience, cutOff } = options;

const messenger = newMessenger({ patience, cutOff, log: console.log });
// A client that has sent its last line may still have lines to read.
const server = createServer({ allowHalfOpen: true });
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

server.listen(port, '127.0.0.1', () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Serving a messenger on ${address}:${port}`);
});
try {
  for await (const [socket] of on(server, 'connection', { signal: stopping.signal }))
    void messenger.serveClient(socket);
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(`cannot listen on port ${port}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
server.close();
messenger.close();
