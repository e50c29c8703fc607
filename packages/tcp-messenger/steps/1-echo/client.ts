// Step 1: sends a line, prints what comes back, and only then takes the next one.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { address: { type: 'string', default: '127.0.0.1:8090' } } });
const { hostname, port } = new URL(`tcp://${values.address}`);

const socket = connect(Number(port), hostname);
const answers = socket.iterator();
for await (const line of createInterface({ input: process.stdin })) {
  socket.write(`${line}\n`);
  const { value: answer, done } = await answers.next();
  if (done) break;
  process.stdout.write(answer);
}
socket.end();
