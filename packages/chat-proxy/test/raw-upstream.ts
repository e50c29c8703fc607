// An upstream that sends what Node refuses to send: it writes HTTP/2 frames by hand (RFC 9113, 4.1, and RFC 7541, 6.2.2).
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Test } from './programs.ts';

type Headers = Record<string, string>;

/** Its answer to each call. */
export interface Answer {
  readonly headers: Headers;
  readonly data: Buffer;
  readonly trailers: Headers;
}

const CLIENT_PREFACE = 24;
const FRAME_HEADER = 9;
const [DATA, HEADERS, SETTINGS] = [0, 1, 4];
const [END_STREAM, ACK, END_HEADERS] = [1, 1, 4];

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(FRAME_HEADER);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Each field literally, without compression. A name or a value has at most 126 bytes. */
function encoded(headers: Headers): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.of(value.length), Buffer.from(value)]);
  return Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [Buffer.of(0), text(name), text(value)]),
  );
}

function serveFrames(socket: Socket, answer: Answer): void {
  let unread = Buffer.alloc(0);
  let position = CLIENT_PREFACE;
  socket.on('error', () => {});
  socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)));
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= position + FRAME_HEADER) {
      const head = unread.subarray(position);
      const [length, type, flags] = [head.readUIntBE(0, 3), head.readUInt8(3), head.readUInt8(4)];
      if (head.length < FRAME_HEADER + length) return;
      if (type === SETTINGS && flags !== ACK) socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
      if (type === HEADERS) socket.write(answerTo(head.readUInt32BE(5), answer));
      position += FRAME_HEADER + length;
    }
  });
}

function answerTo(stream: number, { headers, data, trailers }: Answer): Buffer {
  return Buffer.concat([
    frame(HEADERS, END_HEADERS, stream, encoded(headers)),
    frame(DATA, 0, stream, data),
    frame(HEADERS, END_HEADERS | END_STREAM, stream, encoded(trailers)),
  ]);
}

/** Answers each call in the same way. @returns its address */
export async function startRawUpstream(t: Test, answer: Answer): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serveFrames(socket, answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
