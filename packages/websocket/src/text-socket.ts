// A WebSocket as an async iterable of texts that ends like a gRPC stream.
import { on } from 'node:events';
import type { WebSocket } from 'ws';

/** The close codes of RFC 6455 that this file uses. */
export const NORMAL = 1000;
export const GOING_AWAY = 1001;
export const UNSUPPORTED = 1003;
export const NO_CODE = 1005;
export const LOST = 1006;
export const INVALID = 1007;
export const INTERNAL_ERROR = 1011;
export const RESTARTING = 1012;
export const TRY_AGAIN_LATER = 1013;

/** How a socket ended, or should end. */
export class SocketClosed extends Error {
  override readonly name = 'SocketClosed';
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string) {
    super(`closed with ${code}${reason && `: ${reason}`}`);
    this.code = code;
    this.reason = reason;
  }
}

export interface TextSocket {
  /**
   * The texts from the peer. Ends when the peer closes with 1000, and throws SocketClosed at any other end. If they are not read,
   * the peer's writes wait. Leaving the loop does not close the socket.
   */
  readonly messages: AsyncIterableIterator<string>;
  /** Resolves when there is room for more. @throws SocketClosed */
  send(text: string): Promise<void>;
  /** Closes the socket, or answers a peer that closed with 1000. The reason is cut to the 123 bytes that fit. */
  close(code: number, reason?: string): void;
  /** Closes without waiting for the peer. Unread and unsent bytes are dropped. */
  cut(code: number, reason: string): void;
  /** How many bytes are in memory: unread bytes, and bytes that the peer has not taken yet. */
  held(): number;
  /** Aborted with a SocketClosed when the peer is gone or `close` was called, not when the peer closes with 1000. */
  readonly gone: AbortSignal;
}

// In bytes. Reading the socket pauses when more than the first are unread, and continues below the second.
const MOST_UNREAD = 64 * 1024;
const FEW_UNREAD = 32 * 1024;
/** How many bytes may wait to be sent. */
const MOST_UNSENT = 64 * 1024;
/** About how many bytes a message takes in memory besides its content. */
const OVERHEAD = 200;
const LONGEST_REASON = 123;
/** An event of our own: no more messages. */
const OVER = 'over';

// #region text-socket
/** Takes over a WebSocket that has just been opened. */
export function textSocket(ws: WebSocket): TextSocket {
  const gone = new AbortController();
  // Begins now, so that messages before the first read are kept, too.
  const events = on(ws, 'message', { close: [OVER] }) as AsyncIterable<[Buffer, boolean]>;
  let unread = 0;
  ws.on('message', (data: Buffer) => {
    unread += data.length + OVERHEAD;
    if (unread >= MOST_UNREAD) ws.pause();
  });

  async function* messages(): AsyncGenerator<string, void, undefined> {
    for await (const [data, isBinary] of events) {
      gone.signal.throwIfAborted();
      unread -= data.length + OVERHEAD;
      if (ws.isPaused && unread <= FEW_UNREAD) ws.resume();
      if (isBinary) throw new SocketClosed(UNSUPPORTED, 'only text is understood');
      yield String(data);
    }
    gone.signal.throwIfAborted();
  }

  async function send(text: string): Promise<void> {
    throwIfClosed();
    if (ws.bufferedAmount < MOST_UNSENT) return ws.send(text);
    await new Promise<void>((resolve) => ws.send(text, () => resolve()));
    throwIfClosed();
  }

  function throwIfClosed(): void {
    // A pending send notices a lost connection before the event arrives.
    if (ws.readyState !== ws.OPEN) finish(LOST, '');
    gone.signal.throwIfAborted();
  }

  function finish(code: number, reason: string): void {
    // Only the first call counts: later ones are its consequences.
    gone.abort(new SocketClosed(code, reason));
    ws.emit(OVER);
  }

  // `ws` calls this at once to answer a close frame. WebSocket has no half-close, but the peer waits for this answer. So the answer
  // can come later, and say how the peer's request has ended.
  const answer = ws.close.bind(ws);
  ws.close = (code, reason) => {
    if (code === NORMAL && !gone.signal.aborted) return void ws.emit(OVER);
    finish(code ?? NO_CODE, String(reason ?? ''));
    answer(code, reason);
  };
  ws.on('close', (code, reason) => {
    if (code !== NORMAL) finish(code, String(reason));
  });
  // A close follows every error. Without a listener the error would end the process.
  ws.on('error', () => {});

  return {
    messages: messages(),
    send,
    held: () => unread + ws.bufferedAmount,
    cut(code, reason) {
      finish(code, reason);
      // The peer still gets the reason if it reads.
      answer(code, fitting(reason));
      ws.terminate();
    },
    close(code, reason = '') {
      finish(code, reason);
      // Unread messages are before the peer's close frame.
      ws.resume();
      answer(code, fitting(reason));
    },
    gone: gone.signal,
  };
}
// #endregion text-socket

/** As much of a text as fits into a close frame, without half a character at the end. */
function fitting(reason: string): string {
  const bytes = new Uint8Array(LONGEST_REASON);
  const { read } = new TextEncoder().encodeInto(reason, bytes);
  return reason.slice(0, read);
}
