// Step 7: says why it ends. With arguments it sends only these lines.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { parseAddress } from 'cli/address';
import { printable } from 'cli/printable';
import { program } from 'cli/program';
import { readLines } from './lines.ts';
import { LONGEST_LINE } from './messenger.ts';

const { options, args } = program(
  'pnpm tcp-messenger:client',
  'Each line is a message: "2 hello" says hello to client 2.',
)
  .argument('[lines...]', 'the lines to send; default: the lines that you type')
  .option('--address <host:port>', 'address of the server', parseAddress, '127.0.0.1:8090')
  .parse();
const { address } = options;
const { hostname, port } = new URL(`tcp://${address}`);
// An IPv6 address has brackets in an URL.
const host = hostname.replace(/^\[|\]$/g, '');

// A line from another client begins with its number, so it is longer.
const LONGEST_HEARD = 2 * LONGEST_LINE;

const socket = connect({ host, port: Number(port), allowHalfOpen: true });
// Without a listener, an error outside of a loop would end the process.
socket.on('error', () => {});

async function type(): Promise<void> {
  const lines = args[0].length > 0 ? args[0] : createInterface({ input: process.stdin });
  for await (const line of lines) {
    if (Buffer.byteLength(line) > LONGEST_LINE) console.error(`not sent: over ${LONGEST_LINE} bytes`);
    else if (!socket.write(`${line}\n`)) await once(socket, 'drain');
  }
  socket.end();
}

async function read(): Promise<void> {
  for await (const line of readLines(socket.iterator({ destroyOnReturn: false }), LONGEST_HEARD)) {
    if ('text' in line) console.log(printable(line.text));
  }
  if (!socket.writableEnded) throw new Error('the server closed the connection');
}

try {
  await once(socket, 'connect');
  await Promise.all([type(), read()]);
} catch (error) {
  console.error(`${address}: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
  process.stdin.destroy();
  socket.destroy();
}
