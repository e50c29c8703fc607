import { type IterableClient, StatusError } from 'grpc-iterables';
import type { FromClient } from 'proto/gen/chatserver/FromClient';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { headersFrame, readHeaders, readRequest, responseFrame } from './frames.ts';
import { SocketClosed, type TextSocket } from './text-socket.ts';

/** Close codes from 4000 on are free for applications: this plus the status of the call. */
export const STATUS = 4000;

// #region bridge
/** Makes one socket one call of the chat. Resolves when the call ends with OK. @throws SocketClosed */
export async function bridge(socket: TextSocket, chat: IterableClient<ServicesClient>): Promise<void> {
  const first = await socket.messages.next();
  if (first.done) return;
  const responses = chat.chatService(requestsOf(socket), {
    signal: socket.gone,
    metadata: readHeaders(first.value),
    // It fails only when the socket is gone, and with it the call.
    onHeaders: (headers) => void socket.send(headersFrame(headers)).catch(() => {}),
  });
  try {
    for await (const response of responses) await socket.send(responseFrame(response));
  } catch (error) {
    throw error instanceof StatusError ? new SocketClosed(STATUS + error.code, error.details) : error;
  }
}

async function* requestsOf({ messages }: TextSocket): AsyncGenerator<FromClient> {
  for await (const frame of messages) yield readRequest(frame);
}
// #endregion bridge
