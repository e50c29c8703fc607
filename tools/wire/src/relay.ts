import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { End } from './end.ts';
import type { Side } from './events.ts';

interface Watcher {
  /** After the bytes have gone on. They are overwritten later. */
  onChunk(side: Side, chunk: Buffer): void;
  /** Both sockets are closed; `by` was first. */
  onClose(by: Side, how: string): void;
}

/**
 * Passes on what comes from one socket to the other, both ways, until both are closed: bytes, ends, resets, and the
 * pauses of a side that does not read.
 */
export function relay(near: End, far: End, watcher: Watcher): void {
  let first: { by: Side; how: string } | undefined;
  let open = 2;
  for (const [side, { socket: from, read }, { socket: to }] of [
    ['client', near, far],
    ['server', far, near],
  ] as const) {
    read((bytes, done) => {
      const isOpen = to.writable;
      const goOn = !isOpen || to.write(bytes, done);
      if (!isOpen) done();
      watcher.onChunk(side, bytes);
      return goOn;
    });
    to.on('drain', () => from.resume());
    from.once('end', () => {
      first ??= { by: side, how: 'end' };
      to.end();
    });
    from.on('error', (error: NodeJS.ErrnoException) => {
      first ??= { by: side, how: error.code === 'ECONNRESET' ? 'reset' : (error.code ?? error.message) };
      cut(to);
    });
    from.once('close', () => {
      first ??= { by: side, how: 'closed' };
      // It has ended, or it is gone, and nothing more comes from it.
      to.end();
      open--;
      if (open === 0) watcher.onClose(first.by, first.how);
    });
  }
}

/** Resets a connection, behind the bytes that are still on their way to it. */
function cut(socket: Socket): void {
  const reset = () => {
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
  };
  if (socket.writableLength === 0 || socket.connecting) reset();
  else socket.end(reset);
}
