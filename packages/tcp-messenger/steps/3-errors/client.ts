// Step 3: sends a line, prints what comes back, and says why when it cannot go on.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { address: { type: 'string', default: '127.0.0.1:8090' } } });
const { hostname, port } = new URL(`tcp://${values.address}`);

const socket = connect(Number(port), hostname);
// Without a listener, an error outside of a loop would end the process.
socket.on('error', () => {});
const answers = socket.iterator();
try {
  await once(socket, 'connect');
  for await (const line of createInterface({ input: process.stdin })) {
    socket.write(`${line}\n`);
    const { value: answer, done } = await answers.next();
    if (done) throw new Error('the server closed the connection');
    process.stdout.write(answer);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
  // An open standard input would keep the program running.
  process.stdin.destroy();
}
socket.end();
