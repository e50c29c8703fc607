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
 * @param onDead is called once if nothing at all came from the server within `timeout` milliseconds of a PING, or other
 * bytes but no answer for longer than `interval`
 */
export function keepAlive(
  session: ClientHttp2Session,
  socket: Socket,
  { interval, timeout }: { interval: number; timeout: number },
  isBusy: () => boolean,
  onDead: () => void,
): KeepAlive {
  let lastPing = performance.now();
  let next: NodeJS.Timeout | undefined;
  let answerDue: NodeJS.Timeout | undefined;

  function schedule(): void {
    if (next || answerDue) return;
    next = setTimeout(ping, Math.max(lastPing + interval - performance.now(), 0)).unref();
  }

  function ping(): void {
    next = undefined;
    if (!isBusy() || session.destroyed) return;
    lastPing = performance.now();
    let received = socket.bytesRead;
    function judge(): void {
      if (!answerDue) return;
      // The answer may be stuck behind megabytes of messages. They prove as well that the line lives, for a while.
      const late = performance.now() - lastPing >= interval + timeout;
      if (late || socket.bytesRead === received) onDead();
      received = socket.bytesRead;
    }
    // If this process was held up, the answer may wait in the socket. Node runs timers first, then reads, then immediates.
    answerDue = setInterval(() => setImmediate(judge), timeout).unref();
    session.ping((error) => {
      if (error) return;
      stopWaiting();
      if (isBusy()) schedule();
    });
  }

  function stopWaiting(): void {
    clearInterval(answerDue);
    answerDue = undefined;
  }

  return {
    onBusy: schedule,
    stop() {
      clearTimeout(next);
      stopWaiting();
    },
  };
}
