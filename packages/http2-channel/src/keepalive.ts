import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** Notices when a line is dead, with PING frames. */
export interface KeepAlive {
  /** Has to be told when the first of several calls opens: a line that was quiet for long is asked at once. */
  onBusy(): void;
  stop(): void;
}

/**
 * Asks the server each `interval` milliseconds whether it is there, while `isBusy`.
 *
 * TCP alone does not tell: a line on which nothing more arrives looks the same as a server that has nothing to
 * say. Without calls nothing is asked, since servers count that as abuse (gRFC A8).
 *
 * @param onDead is called once if nothing at all came from the server within `timeout` milliseconds of a PING
 */
export function keepAlive(
  session: ClientHttp2Session,
  socket: Socket,
  { interval, timeout }: { interval: number; timeout: number },
  isBusy: () => boolean,
  onDead: () => void,
): KeepAlive {
  let lastPing = Date.now();
  let deadline: NodeJS.Timeout | undefined;

  function ping(): void {
    if (deadline || session.destroyed) return;
    lastPing = Date.now();
    const received = socket.bytesRead;
    // The answer may be stuck behind megabytes of messages; they prove as well that the line lives.
    deadline = setTimeout(() => {
      deadline = undefined;
      if (socket.bytesRead === received) onDead();
    }, timeout);
    session.ping((error) => {
      if (error) return;
      clearTimeout(deadline);
      deadline = undefined;
    });
  }

  const timer = setInterval(() => isBusy() && ping(), interval);
  timer.unref();
  return {
    onBusy() {
      if (Date.now() - lastPing >= interval) ping();
    },
    stop() {
      clearInterval(timer);
      clearTimeout(deadline);
    },
  };
}
