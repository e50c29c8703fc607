// websocket: Pass a stream on to a page as fast as the page reads, and with its ending.
//
// This function makes a call for a page, and sends each text over the WebSocket. `socket.send` never waits, so a page that does not read fills the
// memory. Change it:
// 1. Wait until a text has left, before you take the next one. `socket.send(text, done)` calls `done` then, or with an error if the page is gone.
// 2. If the call ends with OK, close the socket with 1000. If it fails with a StatusError, close the socket with 4000 and its code, such as 4008, and
//    with its details as the reason.
// 3. If the page is gone (the event 'close'), abort the signal of the call, also while the call is silent.
//
// The promise of this function resolves for each of these endings.
import { StatusError } from 'grpc-iterables';
import type { WebSocket } from 'ws';

export async function toPage(
  socket: WebSocket,
  call: (signal: AbortSignal) => AsyncIterable<string>,
): Promise<void> {
  try {
    for await (const text of call(new AbortController().signal)) socket.send(text);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
  socket.close();
}
