// The loop has no queue of its own. It takes a text only when the one before it has left, so the page sets the speed of the call.
import { promisify } from 'node:util';
import { StatusError } from 'grpc-iterables';
import type { WebSocket } from 'ws';

export async function toPage(
  socket: WebSocket,
  call: (signal: AbortSignal) => AsyncIterable<string>,
): Promise<void> {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  const send = promisify((text: string, done: (error?: Error | null) => void) => socket.send(text, done));
  try {
    for await (const text of call(gone.signal)) await send(text);
    socket.close(1000);
  } catch (error) {
    if (error instanceof StatusError) socket.close(4000 + error.code, error.details);
    else if (socket.readyState === socket.OPEN) throw error;
  }
}
