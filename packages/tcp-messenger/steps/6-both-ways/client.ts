// Step 6: types and reads at the same time.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { address: { type: 'string', default: '127.0.0.1:8090' } } });
const { hostname, port } = new URL(`tcp://${values.address}`);

const socket = connect(Number(port), hostname);
// Without a listener, an error outside of a loop would end the process.
socket.on('error', () => {});
// #region both
async function type(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) socket.write(`${line}\n`);
  socket.end();
}

async function read(): Promise<void> {
  for await (const chunk of socket) process.stdout.write(chunk);
  if (!process.stdin.readableEnded) throw new Error('the server closed the connection');
}

try {
  await once(socket, 'connect');
  await Promise.all([type(), read()]);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
  process.stdin.destroy();
  socket.destroy();
}
// #endregion both
