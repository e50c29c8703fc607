import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Transform } from 'node:stream';

/** A line to a server with a longer delay than loopback. It counts the bytes. */
export interface Relay {
  readonly address: string;
  /** Bytes from the client so far. */
  sent(): number;
  close(): void;
}

/** @param delay milliseconds that every byte takes in each direction */
export async function startRelay(target: string, delay: number): Promise<Relay> {
  const [host, port] = target.split(':');
  let sent = 0;
  const late = (count: (bytes: number) => void) =>
    new Transform({
      // Many bytes are on a long line at a time. The windows of HTTP/2 limit how many.
      highWaterMark: 2 ** 26,
      transform(chunk: Buffer, _, done) {
        count(chunk.length);
        if (delay > 0) setTimeout(() => this.push(chunk), delay);
        else this.push(chunk);
        done();
      },
    });
  const listener = createServer((near) => {
    const far = connect(Number(port), host);
    near
      .pipe(
        late((bytes) => {
          sent += bytes;
        }),
      )
      .pipe(far);
    far.pipe(late(() => {})).pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    sent: () => sent,
    close: () => listener.close(),
  };
}
