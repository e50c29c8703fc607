import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Transform } from 'node:stream';

// A long line carries many bytes at a time: HTTP/2's windows say how many, not this.
const ON_THE_WAY = 64 * 1024 * 1024;

function delayed(milliseconds: number): Transform {
  return new Transform({
    highWaterMark: ON_THE_WAY,
    transform(data: Buffer, _, done) {
      setTimeout(() => this.push(data), milliseconds);
      done();
    },
  });
}

/** A relay in which every byte takes some milliseconds, in each direction. */
export async function startSlowLine(target: string, milliseconds: number) {
  const [host, port] = target.split(':');
  const listener = createServer((near) => {
    const far = connect(Number(port), host);
    near.pipe(delayed(milliseconds)).pipe(far);
    far.pipe(delayed(milliseconds)).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    close: () => listener.close(),
  };
}
