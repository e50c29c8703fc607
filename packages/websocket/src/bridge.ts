import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import type { FromClient } from 'proto/gen/chatserver/FromClient';
import type { Chat } from './connect-chat.ts';
import { headersFrame, readHeaders, readRequest, responseFrame } from './frames.ts';
import { SocketClosed, type TextSocket } from './text-socket.ts';

/** Close codes from 4000 on are free for applications: this plus the status of the call. */
export const STATUS = 4000;

/** How long the chat may take to answer with headers, in milliseconds. */
const PATIENCE = 10_000;

// #region bridge
/** Makes one call of the chat for one socket. Resolves when the call ends with OK. @throws SocketClosed if it ends in another way */
export async function bridge(socket: TextSocket, chat: Chat, patience = PATIENCE): Promise<void> {
  const first = await socket.messages.next();
  if (first.done) return;
  const metadata = readHeaders(first.value);
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), patience);
  const { calls, release } = chat.take();
  try {
    const responses = calls.chatService(requestsOf(socket), {
      signal: AbortSignal.any([socket.gone, tooLate.signal]),
      metadata,
      onHeaders(headers) {
        clearTimeout(timer);
        // `send` fails only if the socket is closed. Then `socket.gone` cancels the call.
        socket.send(headersFrame(headers)).catch(() => {});
      },
    });
    for await (const response of responses) await socket.send(responseFrame(response));
  } catch (error) {
    if (tooLate.signal.aborted) throw unanswered();
    throw error instanceof StatusError ? new SocketClosed(STATUS + error.code, error.details) : error;
  } finally {
    clearTimeout(timer);
    release();
  }
}

const unanswered = () => new SocketClosed(STATUS + status.UNAVAILABLE, 'the chat does not answer');

async function* requestsOf({ messages }: TextSocket): AsyncGenerator<FromClient> {
  for await (const frame of messages) yield readRequest(frame);
}
// #endregion bridge
