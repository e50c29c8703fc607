import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** Notices a dead line, with PING frames. */
export interface KeepAlive {
  /** Must be called when a call opens and no other was open. If the line was silent for long, it sends a PING at once. */
  onBusy(): void;
  stop(): void;
}

/**
 * Sends a PING each `interval` milliseconds while `isBusy`.
 *
 * TCP alone does not notice a dead line: it looks like a line to a server that has nothing to send. Without calls it sends no
 * PINGs, because servers treat them as abuse (gRFC A8).
 *
 * @param onDead called if nothing came from the server within `timeout` milliseconds after a PING, or if other bytes came
 * but no answer within `interval` and `timeout` together
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
      // The answer may be behind megabytes of messages. For a while these messages also show that the line is alive.
      const late = performance.now() - lastPing >= interval + timeout;
      if (late || socket.bytesRead === received) onDead();
      received = socket.bytesRead;
    }
    // If this process was busy, the answer may wait in the socket. Node runs timers first, then reads, then immediates.
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
