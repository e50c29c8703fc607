// A server that writes HTTP/2 frame by frame, so that it can break the rules.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export const DATA = 0;
export const HEADERS = 1;
export const RST_STREAM = 3;
export const SETTINGS = 4;
export const PUSH_PROMISE = 5;
export const PING = 6;
export const GOAWAY = 7;
export const WINDOW_UPDATE = 8;
export const CONTINUATION = 9;

export const END_STREAM = 1;
export const ACK = 1;
export const END_HEADERS = 4;

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** The server's end of one connection. */
export interface RawConnection {
  readonly socket: Socket;
  /** Counts from 0. */
  readonly number: number;
  /** The frames that have arrived. */
  readonly frames: Frame[];
  send(type: number, flags: number, stream: number, payload?: Buffer): void;
  headers(stream: number, fields: Record<string, string>, flags?: number): void;
  /** Sends the first headers of a gRPC response. */
  respond(stream: number, fields?: Record<string, string>): void;
  message(stream: number, body: Buffer): void;
  trailers(stream: number, fields?: Record<string, string>): void;
  reset(stream: number, code: number): void;
  goaway(lastStream: number, code?: number, text?: string): void;
}

interface Behaviour {
  /** After the client's preface; by default the server sends its SETTINGS. */
  onConnection?(connection: RawConnection): void;
  /** When all of a request has arrived. */
  onRequest?(connection: RawConnection, stream: number): void;
  /** Every frame, also those of requests. */
  onFrame?(connection: RawConnection, frame: Frame): void;
  /** Whether it answers PING frames. */
  answersPings?: boolean;
}

interface TestContext {
  after(cleanUp: () => Promise<void>): void;
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const FRAME_HEADER = 9;

export async function startRawServer(t: TestContext, behaviour: Behaviour) {
  const sockets = new Set<Socket>();
  const connections: RawConnection[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const connection = rawConnection(socket, connections.length);
    connections.push(connection);
    serve(connection, behaviour);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, connections };
}

export function settings(entries: Record<number, number> = {}): Buffer {
  return Buffer.concat(
    Object.entries(entries).map(([id, value]) => {
      const entry = Buffer.alloc(6);
      entry.writeUInt16BE(Number(id));
      entry.writeUInt32BE(value, 2);
      return entry;
    }),
  );
}

/** Fields as HPACK literals without indexing; none is longer than 126 bytes. */
export function fieldBlock(fields: Record<string, string>): Buffer {
  return Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [
      Buffer.from([0, name.length]),
      Buffer.from(name),
      Buffer.from([value.length]),
      Buffer.from(value, 'latin1'),
    ]),
  );
}

/** A message with gRPC's prefix. */
export function framed(body: Buffer, { flag = 0, length = body.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flag;
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, body]);
}

function serve(connection: RawConnection, behaviour: Behaviour): void {
  const { socket } = connection;
  let bytes = Buffer.alloc(0);
  let greeted = false;
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!greeted && bytes.length >= PREFACE.length) {
      greeted = true;
      bytes = bytes.subarray(PREFACE.length);
      if (behaviour.onConnection) behaviour.onConnection(connection);
      else connection.send(SETTINGS, 0, 0);
    }
    while (greeted && bytes.length >= FRAME_HEADER) {
      const length = bytes.readUIntBE(0, 3);
      if (bytes.length < FRAME_HEADER + length) return;
      receive(connection, behaviour, {
        type: bytes.readUInt8(3),
        flags: bytes.readUInt8(4),
        stream: bytes.readUInt32BE(5),
        payload: bytes.subarray(FRAME_HEADER, FRAME_HEADER + length),
      });
      bytes = bytes.subarray(FRAME_HEADER + length);
    }
  });
}

function receive(connection: RawConnection, behaviour: Behaviour, frame: Frame): void {
  const { type, flags, stream, payload } = frame;
  connection.frames.push(frame);
  behaviour.onFrame?.(connection, frame);
  if (type === SETTINGS && !(flags & ACK)) connection.send(SETTINGS, ACK, 0);
  if (type === PING && !(flags & ACK) && behaviour.answersPings !== false)
    connection.send(PING, ACK, 0, payload);
  if ((type === DATA || type === HEADERS) && flags & END_STREAM) behaviour.onRequest?.(connection, stream);
}

function rawConnection(socket: Socket, number: number): RawConnection {
  const connection: RawConnection = {
    socket,
    number,
    frames: [],
    send(type, flags, stream, payload = Buffer.alloc(0)) {
      const header = Buffer.alloc(FRAME_HEADER);
      header.writeUIntBE(payload.length, 0, 3);
      header.writeUInt8(type, 3);
      header.writeUInt8(flags, 4);
      header.writeUInt32BE(stream, 5);
      if (socket.writable) socket.write(Buffer.concat([header, payload]));
    },
    headers(stream, fields, flags = 0) {
      connection.send(HEADERS, END_HEADERS | flags, stream, fieldBlock(fields));
    },
    respond(stream, fields = {}) {
      connection.headers(stream, { ':status': '200', 'content-type': 'application/grpc', ...fields });
    },
    message(stream, body) {
      connection.send(DATA, 0, stream, framed(body));
    },
    trailers(stream, fields = { 'grpc-status': '0' }) {
      connection.headers(stream, fields, END_STREAM);
    },
    reset(stream, code) {
      connection.send(RST_STREAM, 0, stream, uint32(code));
    },
    goaway(lastStream, code = 0, text = '') {
      connection.send(GOAWAY, 0, 0, Buffer.concat([uint32(lastStream), uint32(code), Buffer.from(text)]));
    },
  };
  return connection;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
