// `pnpm by-hand:capture`: every HTTP/2 frame of one call, as it passes a TCP relay between client and server.
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { type AddressInfo, connect, createServer } from 'node:net';
import { call } from './call.ts';
import { sum } from './contract.ts';
import { routes } from './handlers.ts';
import { serve } from './serve.ts';

// https://www.rfc-editor.org/rfc/rfc9113#name-frame-definitions
const TYPES = [
  'DATA',
  'HEADERS',
  'PRIORITY',
  'RST_STREAM',
  'SETTINGS',
  'PUSH_PROMISE',
  'PING',
  'GOAWAY',
  'WINDOW_UPDATE',
];
const HEAD = 9;
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const END_STREAM = 1;

function hex(bytes: Buffer): string {
  return bytes.toString('hex').replace(/..(?=.)/g, '$& ');
}

/** The frames that belong to a call: those of connections say nothing of it, and come when they like. */
function frameReader(who: string, skip: number) {
  let rest: Buffer = Buffer.alloc(0);
  let skipped = 0;
  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk.subarray(Math.min(skip - skipped, chunk.length))]);
    skipped += Math.min(skip - skipped, chunk.length);
    while (rest.length >= HEAD && rest.length >= HEAD + rest.readUIntBE(0, 3)) {
      const end = HEAD + rest.readUIntBE(0, 3);
      if (rest.readUInt32BE(5) !== 0) printFrame(who, rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

function printFrame(who: string, frame: Buffer): void {
  const type = TYPES[frame.readUInt8(3)] ?? 'unknown';
  // Stream flow control says how far the reader is, which is another story.
  if (type === 'WINDOW_UPDATE') return;
  const flag =
    (type === 'DATA' || type === 'HEADERS') && (frame.readUInt8(4) & END_STREAM) !== 0 ? ' END_STREAM' : '';
  console.log(`${who} ${type}${flag}`);
  if (type !== 'DATA') return;
  for (let body = frame.subarray(HEAD); body.length > 0; ) {
    const length = body.readUInt32BE(1);
    console.log(
      `    ${hex(body.subarray(0, 1))} | ${hex(body.subarray(1, 5))} | ${hex(body.subarray(5, 5 + length))}`,
    );
    body = body.subarray(5 + length);
  }
}

const server = await serve(routes);
const relay = createServer((near) => {
  const far = connect(Number(server.address.split(':')[1]), '127.0.0.1');
  const fromClient = frameReader('client', PREFACE.length);
  const fromServer = frameReader('server', 0);
  near.on('data', fromClient).pipe(far).on('data', fromServer).pipe(near);
});
relay.listen(0, '127.0.0.1');
await once(relay, 'listening');

const session = connectHttp2(`http://127.0.0.1:${(relay.address() as AddressInfo).port}`);
const requests = [{ data: 1 }, { data: 300 }];
for await (const response of call(session, sum, requests))
  console.log(`(the client has its answer: ${response.sum})`);
session.close();
relay.close();
await server.shutdown();
