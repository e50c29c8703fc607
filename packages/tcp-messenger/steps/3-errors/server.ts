// Step 3: a connection that breaks, or a port that is taken, ends nothing but itself.
import { on } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8090' } } });

// #region serve
async function serveClient(socket: Socket): Promise<void> {
  // An error that comes while nobody reads, of a late write for one, ends the process if nobody listens.
  socket.on('error', () => {});
  try {
    for await (const chunk of socket) socket.write(chunk);
    console.log('client left');
  } catch (error) {
    console.log(`client lost: ${(error as Error).message}`);
  }
}
// #endregion serve

const server = createServer();
server.listen(Number(values.port), '127.0.0.1', () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Serving an echo on ${address}:${port}`);
});
try {
  // Not awaited: the next client is served while this one still is.
  for await (const [socket] of on(server, 'connection')) serveClient(socket);
} catch (error) {
  console.error(`cannot listen: ${(error as Error).message}`);
  process.exitCode = 1;
}
