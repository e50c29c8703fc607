// The bytes that pass, as a file that Wireshark's programs read. It is made by a relay that knows nothing of HTTP/2, so
// no rights to capture are needed.
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { Side } from '../src/events.ts';
import { connectTo, plainServer, type Scope } from '../src/testing.ts';

interface Chunk {
  readonly at: number;
  readonly connection: number;
  readonly side: Side;
  readonly bytes: Buffer;
}

/** Collects what passes its relays. */
export interface Capture {
  /** How many connections it has seen. */
  connections(): number;
  /** A relay to an address; returns its own address. */
  relay(t: Scope, to: string): Promise<string>;
  /** Writes what has passed so far. */
  write(path: string): Promise<void>;
}

/** Where the server is, in a capture. The client of connection 1 has the port 10001, and so on. */
export const SERVER_PORT = 8000;
export const CLIENT_PORTS = 10_000;

export function newCapture(): Capture {
  const chunks: Chunk[] = [];
  let connections = 0;
  function relay(t: Scope, to: string): Promise<string> {
    return plainServer(t, (near) => {
      const connection = ++connections;
      const far = connectTo(to);
      for (const [side, from, onto] of [
        ['client', near, far],
        ['server', far, near],
      ] as const) {
        from.on('data', (bytes: Buffer) => chunks.push({ at: performance.now(), connection, side, bytes }));
        from.on('error', () => reset(onto));
        from.pipe(onto);
      }
    });
  }
  return { connections: () => connections, relay, write: (path) => writeFile(path, pcapOf(chunks)) };
}

function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy();
}

// https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html
const MAGIC = 0xa1b2c3d4;
const RAW_IP = 101;
const LONGEST_PACKET = 32_768;

function pcapOf(chunks: readonly Chunk[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(RAW_IP, 20);
  const sent = new Map<string, number>();
  const packets = chunks.flatMap(({ at, connection, side, bytes }) => {
    const parts: Buffer[] = [];
    for (let start = 0; start < bytes.length; start += LONGEST_PACKET) {
      const part = bytes.subarray(start, start + LONGEST_PACKET);
      const [mine, other] = [
        `${connection} ${side}`,
        `${connection} ${side === 'client' ? 'server' : 'client'}`,
      ];
      const sequence = sent.get(mine) ?? 1;
      parts.push(record(at, packet(connection, side, sequence, sent.get(other) ?? 1, part)));
      sent.set(mine, sequence + part.length);
    }
    return parts;
  });
  return Buffer.concat([head, ...packets]);
}

function record(at: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(Math.floor(at / 1000), 0);
  head.writeUInt32LE(Math.floor((at % 1000) * 1000), 4);
  head.writeUInt32LE(bytes.length, 8);
  head.writeUInt32LE(bytes.length, 12);
  return Buffer.concat([head, bytes]);
}

/** IPv4 and TCP, with as much in their heads as a decoder needs. */
function packet(
  connection: number,
  side: Side,
  sequence: number,
  acknowledged: number,
  bytes: Buffer,
): Buffer {
  const ip = Buffer.alloc(20);
  ip.writeUInt8(0x45, 0);
  ip.writeUInt16BE(40 + bytes.length, 2);
  ip.writeUInt8(64, 8);
  ip.writeUInt8(6, 9);
  ip.writeUInt32BE(0x7f000001, 12);
  ip.writeUInt32BE(0x7f000001, 16);
  const tcp = Buffer.alloc(20);
  const [from, to] = [CLIENT_PORTS + connection, SERVER_PORT];
  tcp.writeUInt16BE(side === 'client' ? from : to, 0);
  tcp.writeUInt16BE(side === 'client' ? to : from, 2);
  tcp.writeUInt32BE(sequence, 4);
  tcp.writeUInt32BE(acknowledged, 8);
  tcp.writeUInt8(0x50, 12);
  tcp.writeUInt8(0x18, 13);
  tcp.writeUInt16BE(65_535, 14);
  return Buffer.concat([ip, tcp, bytes]);
}
