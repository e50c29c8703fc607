// Step 1: sends back what it reads, to one client at a time.
import { on } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8090' } } });

// #region serve
async function serveClient(socket: Socket): Promise<void> {
  for await (const chunk of socket) socket.write(chunk);
}

const server = createServer();
server.listen(Number(values.port), '127.0.0.1', () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Serving an echo on ${address}:${port}`);
});
for await (const [socket] of on(server, 'connection')) await serveClient(socket);
// #endregion serve
