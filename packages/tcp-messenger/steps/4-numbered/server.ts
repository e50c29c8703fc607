// Step 4: every client has a number, and the server knows them all.
import { on } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8090' } } });

// #region serve
const clients = new Map<number, Socket>();
// A number is never used again: a message for a client that left must not reach another one.
let nextId = 0;

async function serveClient(socket: Socket, id: number): Promise<void> {
  clients.set(id, socket);
  console.log(`client ${id} connected, ${clients.size} in all`);
  // For errors that come outside of the loop below, such as a failed write. Without this listener they would end the process.
  socket.on('error', () => {});
  try {
    for await (const chunk of socket) socket.write(`${id}->>${chunk}`);
    console.log(`client ${id} left`);
  } catch (error) {
    console.log(`client ${id} lost: ${(error as Error).message}`);
  } finally {
    clients.delete(id);
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
  for await (const [socket] of on(server, 'connection')) serveClient(socket, nextId++);
} catch (error) {
  console.error(`cannot listen: ${(error as Error).message}`);
  process.exitCode = 1;
}
