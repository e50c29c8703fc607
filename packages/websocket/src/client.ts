// The echo over WebSocket: sends each argument as a message and prints the replies.
// Start `pnpm websocket:server` in another terminal first.
import { once } from 'node:events';
import { printable, program } from 'cli';
import { parseAddress } from 'cli/address';
import { WebSocket } from 'ws';
import { GOING_AWAY, NORMAL, SocketClosed, textSocket } from './text-socket.ts';

const { options, args } = program(
  'pnpm websocket:client',
  'Sends messages over a WebSocket and prints the replies.',
)
  .argument('[messages...]', 'what to send', ['hello'])
  .option('--address <host:port>', 'where the server is', parseAddress, '127.0.0.1:8080')
  .option('--origin <origin>', 'an Origin header, as browsers send it')
  .parse();
const [messages] = args;
const { address, origin } = options;

/** Sends all messages and prints as many replies. */
async function talk(ws: WebSocket, texts: string[]): Promise<void> {
  // #region client
  const socket = textSocket(ws);
  await once(ws, 'open');
  const sending = (async () => {
    for (const text of texts) await socket.send(text);
  })();
  let missing = texts.length;
  for await (const reply of socket.messages) {
    console.log(printable(reply));
    if (--missing === 0) break;
  }
  await sending;
  socket.close(NORMAL);
  await once(ws, 'close');
  console.log('closed');
  // #endregion client
}

function fail(message: string, exitCode: number): void {
  console.error(printable(message));
  process.exitCode = exitCode;
}

const ws = new WebSocket(`ws://${address}/ws`, { ...(origin ? { origin } : {}), maxPayload: 2 ** 20 + 100 });
let interrupted = false;
process.once('SIGINT', () => {
  interrupted = true;
  ws.close(GOING_AWAY);
});
try {
  await talk(ws, messages);
} catch (error) {
  if (interrupted) fail('cancelled', 130);
  else if (error instanceof SocketClosed) fail(error.message, 1);
  else if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED')
    fail(`no server at ${address}; start one with "pnpm websocket:server"`, 1);
  else fail(error instanceof Error ? error.message : String(error), 1);
}
