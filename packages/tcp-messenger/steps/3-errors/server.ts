// Step 3: a connection that breaks does not end the others.
import { on } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8090' } } });

// #region serve
async function serveClient(socket: Socket): Promise<void> {
  // For errors that come outside of the loop below, such as a failed write. Without this listener they would end the process.
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
  // Without `await`: the next client does not wait for this one.
  for await (const [socket] of on(server, 'connection')) serveClient(socket);
} catch (error) {
  console.error(`cannot listen: ${(error as Error).message}`);
  process.exitCode = 1;
}
