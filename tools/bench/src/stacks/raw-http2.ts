// The same frames on `node:http2` alone, with many messages in a write. It shows the limit of the platform. It is not gRPC: it
// reads no status, keeps no deadline, checks no header, and does only these three kinds of work.
import { once } from 'node:events';
import { type ClientHttp2Stream, connect, createServer, type Http2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Bench } from 'proto';
import type { Stack } from '../stack.ts';

const { Download, Upload, Exchange } = Bench.service;
const PREFIX = 5;
// The bytes that fit into one DATA frame.
const BATCH = 16_384;

function frame(body: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX + body.length);
  framed.writeUInt8(0, 0);
  framed.writeUInt32BE(body.length, 1);
  body.copy(framed, PREFIX);
  return framed;
}

/** Calls `onMessage` for every message in the stream's bytes. */
function readFrames(stream: Http2Stream, onMessage: (body: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    while (bytes.length - start >= PREFIX) {
      const end = start + PREFIX + bytes.readUInt32BE(start + 1);
      if (end > bytes.length) break;
      onMessage(bytes.subarray(start + PREFIX, end));
      start = end;
    }
    rest = bytes.subarray(start);
  });
}

async function writeItems(stream: Http2Stream, count: number, size: number): Promise<void> {
  const weight = size > 0 ? { payload: Buffer.alloc(size) } : {};
  let batch: Buffer[] = [];
  let bytes = 0;
  for (let number = 0; number < count; number++) {
    const framed = frame(Download.responseSerialize({ number, ...weight }));
    batch.push(framed);
    bytes += framed.length;
    if (bytes < BATCH) continue;
    if (!stream.write(Buffer.concat(batch))) await once(stream, 'drain');
    batch = [];
    bytes = 0;
  }
  stream.end(Buffer.concat(batch));
}

/** Resolves with the number of messages when the stream has ended. */
async function countItems(stream: Http2Stream): Promise<number> {
  let count = 0;
  readFrames(stream, (body) => {
    Exchange.requestDeserialize(body);
    count++;
  });
  await once(stream, 'end');
  return count;
}

/** Sends each item back, with one write for all items of a packet. */
function echo(stream: Http2Stream): void {
  let batch: Buffer[] = [];
  readFrames(stream, (body) => {
    batch.push(frame(Exchange.responseSerialize(Exchange.requestDeserialize(body))));
  });
  stream.on('data', () => {
    if (!stream.write(Buffer.concat(batch))) {
      stream.pause();
      stream.once('drain', () => stream.resume());
    }
    batch = [];
  });
  stream.on('end', () => stream.end());
}

async function serveStream(stream: Http2Stream, path: string | undefined): Promise<void> {
  if (path === Exchange.path) echo(stream);
  else if (path === Upload.path) {
    const count = await countItems(stream);
    stream.end(frame(Upload.responseSerialize({ count })));
  } else {
    readFrames(stream, (body) => {
      const { count, size } = Download.requestDeserialize(body);
      void writeItems(stream, count, size);
    });
  }
}

async function answerOf(stream: ClientHttp2Stream): Promise<number> {
  let count = 0;
  readFrames(stream, (body) => {
    count = Upload.responseDeserialize(body).count;
  });
  await once(stream, 'end');
  return count;
}

export const rawHttp2: Stack = {
  does: ['download', 'upload', 'exchange'],
  async serve() {
    const server = createServer().listen(0, '127.0.0.1');
    server.on('stream', (stream, headers) => {
      stream.respond({ ':status': 200 });
      void serveStream(stream, headers[':path']);
    });
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  connect(address) {
    const session = connect(`http://${address}`);
    const open = (path: string) => session.request({ ':method': 'POST', ':path': path });
    return {
      async download(count, size) {
        const stream = open(Download.path);
        stream.end(frame(Download.requestSerialize({ count, size })));
        return countItems(stream);
      },
      async upload(count, size) {
        const stream = open(Upload.path);
        const answer = answerOf(stream);
        await writeItems(stream, count, size);
        return answer;
      },
      async exchange(count) {
        const stream = open(Exchange.path);
        const [received] = await Promise.all([countItems(stream), writeItems(stream, count, 0)]);
        return received;
      },
      close: () => session.destroy(),
    };
  },
};
