// Step 2: sends back what it reads, to many clients at once.
import { on } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8090' } } });

async function serveClient(socket: Socket): Promise<void> {
  for await (const chunk of socket) socket.write(chunk);
}

const server = createServer();
server.listen(Number(values.port), '127.0.0.1', () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Serving an echo on ${address}:${port}`);
});
// #region accept
// Without `await`: the next client does not wait for this one.
for await (const [socket] of on(server, 'connection')) serveClient(socket);
// #endregion accept
