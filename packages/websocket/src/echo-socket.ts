import { replies } from './echo.ts';
import type { TextSocket } from './text-socket.ts';

// #region echo
/** The echo over a WebSocket. */
export async function echo(socket: TextSocket): Promise<void> {
  for await (const text of replies(socket.messages)) await socket.send(text);
}
// #endregion echo
