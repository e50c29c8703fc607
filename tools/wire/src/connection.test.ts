import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Connection, type Happened } from './connection.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

function frame(type: number, flags: number, stream: number, payload: Buffer | string = ''): Buffer {
  const bytes = typeof payload === 'string' ? Buffer.from(payload, 'hex') : payload;
  const head = Buffer.alloc(9);
  head.writeUIntBE(bytes.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, bytes]);
}

const SETTINGS = frame(4, 0, 0);
// :method POST, :scheme http, :path /, content-type application/grpc
const BLOCK = `838684${Buffer.from('\x0f\x10\x10application/grpc', 'latin1').toString('hex')}`;
const message = (text: string) => {
  const bytes = Buffer.from(text, 'hex');
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
};

function decoder() {
  const events: Happened[] = [];
  const budget = { left: 100_000 };
  const connection = new Connection(
    () => undefined,
    budget,
    (event) => events.push(event),
  );
  const frames = () => events.flatMap((event) => (event.type === 'frame' ? [event] : []));
  const messages = () => events.flatMap((event) => (event.type === 'message' ? [event] : []));
  const foreign = () => events.flatMap((event) => (event.type === 'foreign' ? [event] : []));
  const fromClient = (...parts: Buffer[]) => connection.push('client', Buffer.concat(parts));
  const fromServer = (...parts: Buffer[]) => connection.push('server', Buffer.concat(parts));
  return { connection, events, budget, frames, messages, foreign, fromClient, fromServer };
}

describe('frames', () => {
  test('are the same wherever the bytes are cut', () => {
    const bytes = Buffer.concat([
      PREFACE,
      SETTINGS,
      frame(1, 4, 1, BLOCK),
      frame(0, 0, 1, Buffer.concat([message('0801'), message('08ac02').subarray(0, 6)])),
      frame(0, 1, 1, message('08ac02').subarray(6)),
      frame(6, 0, 0, '0102030405060708'),
    ]);
    const whole = decoder();
    whole.fromClient(bytes);
    const single = decoder();
    for (const byte of bytes) single.fromClient(Buffer.from([byte]));
    assert.deepEqual(single.events, whole.events);
    assert.deepEqual(
      whole.messages().map(({ text, frames }) => [text, frames]),
      [
        ['1: 1', [3, 3]],
        ['1: 300', [3, 4]],
      ],
    );
  });

  test('of a header block are joined: HEADERS with padding and priority, and CONTINUATION', () => {
    const { fromClient, frames } = decoder();
    const [first, rest] = [BLOCK.slice(0, 4), BLOCK.slice(4)];
    // Two bytes of padding, five of priority.
    const headers = frame(1, 0x8 | 0x20, 1, `02${'0000000010'}${first}0000`);
    fromClient(PREFACE, SETTINGS, headers, frame(9, 4, 1, rest));
    const [, opened, continued] = frames();
    assert.deepEqual(opened?.flags, ['PADDED', 'PRIORITY']);
    assert.equal(opened?.headers, undefined);
    assert.deepEqual(continued?.headers?.at(-1), ['content-type', 'application/grpc']);
  });

  test('of DATA lose their padding before messages are read, and pay for it in windows', () => {
    const { fromClient, frames, messages } = decoder();
    const padded = Buffer.concat([Buffer.from([3]), message('0801'), Buffer.alloc(3)]);
    fromClient(PREFACE, SETTINGS, frame(1, 4, 1, BLOCK), frame(0, 0x8, 1, padded));
    assert.equal(messages()[0]?.text, '1: 1');
    assert.deepEqual(frames()[2]?.windows, { stream: 65_535 - 11, connection: 65_535 - 11 });
  });

  test('of types that RFC 9113 does not name are shown by their number', () => {
    const { fromClient, frames } = decoder();
    fromClient(PREFACE, SETTINGS, frame(0x1f, 0xff, 5, Buffer.alloc(10_000)), frame(2, 0, 1, '0000000010'));
    assert.deepEqual(
      frames().map(({ frame, length, flags }) => [frame, length, flags]),
      [
        ['SETTINGS', 0, []],
        ['0x1f', 10_000, []],
        ['PRIORITY', 5, []],
      ],
    );
  });

  test('that promise a stream open it', () => {
    const { fromClient, fromServer, frames, events } = decoder();
    fromClient(PREFACE, SETTINGS, frame(1, 5, 1, BLOCK));
    fromServer(SETTINGS, frame(5, 4, 1, `00000002${BLOCK}`), frame(1, 5, 2, '88'));
    assert.equal(frames().find(({ frame }) => frame === 'PUSH_PROMISE')?.promised, 2);
    const ended = events.find(({ type }) => type === 'ended');
    assert.deepEqual(ended && 'stream' in ended && ended.stream, 2);
  });
});

describe('windows', () => {
  test('follow SETTINGS in streams that are open, below zero too', () => {
    const { fromClient, fromServer, frames } = decoder();
    fromClient(PREFACE, SETTINGS, frame(1, 4, 1, BLOCK), frame(0, 0, 1, Buffer.alloc(1000)));
    fromServer(frame(4, 0, 0, '000400000064'));
    fromClient(frame(0, 0, 1, ''));
    assert.equal(frames().at(-1)?.windows?.stream, 100 - 1000);
    fromServer(frame(8, 0, 1, '00000400'));
    assert.equal(frames().at(-1)?.windows?.stream, 124);
    fromServer(frame(8, 0, 0, '000003e8'));
    assert.deepEqual(frames().at(-1)?.windows, { connection: 65_535 });
  });
});

describe('what breaks a rule is foreign, and its direction is not decoded further', () => {
  const begun = Buffer.concat([PREFACE, SETTINGS]);
  for (const [what, bytes, reason] of [
    ['a frame that is longer than allowed', frame(0, 0, 1, Buffer.alloc(16_385)), /16385 bytes is longer/],
    ['DATA on stream 0', frame(0, 0, 0, '00'), /a DATA frame on stream 0/],
    ['SETTINGS on a stream', frame(4, 0, 1), /a SETTINGS frame on stream 1/],
    ['SETTINGS of a wrong length', frame(4, 0, 0, '0001'), /a SETTINGS frame of 2 bytes/],
    ['PING of a wrong length', frame(6, 0, 0, '0001'), /a PING frame of 2 bytes/],
    ['GOAWAY that is too short', frame(7, 0, 0, '00000001'), /a GOAWAY frame of 4 bytes/],
    ['DATA with more padding than bytes', frame(0, 8, 1, 'ff00'), /more padding than bytes/],
    ['padded DATA without bytes', frame(0, 8, 1), /a padded DATA frame is empty/],
    ['HEADERS with more padding than bytes', frame(1, 12, 1, '0982'), /more padding than bytes/],
    ['CONTINUATION of nothing', frame(9, 4, 1, '82'), /continues nothing/],
    [
      'a frame inside a header block',
      Buffer.concat([frame(1, 0, 1, '82'), SETTINGS]),
      /CONTINUATION of stream 1/,
    ],
    ['a header block that HPACK does not allow', frame(1, 4, 1, 'ffff'), /entry|end|integer/],
    [
      'a header block without an end',
      Buffer.concat([frame(1, 0, 1, '82'), ...Array<Buffer>(3000).fill(frame(9, 0, 1))]),
      /a header block is longer than the tap keeps/,
    ],
  ] as const) {
    test(what, () => {
      const { fromClient, fromServer, foreign, frames } = decoder();
      fromClient(begun, bytes, frame(6, 0, 0, '0102030405060708'));
      assert.match(foreign()[0]?.reason ?? '', reason);
      assert.equal(foreign().length, 1);
      assert.ok(!foreign()[0]?.bytes.startsWith(PREFACE.toString('hex')));
      assert.ok(frames().every(({ frame }) => frame !== 'PING'));
      // The other direction goes on.
      fromServer(SETTINGS);
      assert.equal(frames().at(-1)?.side, 'server');
    });
  }

  test('bytes that are no gRPC message spoil only their own stream', () => {
    const { fromClient, foreign, messages } = decoder();
    fromClient(
      begun,
      frame(1, 4, 1, BLOCK),
      frame(0, 0, 1, Buffer.from('not a message')),
      frame(1, 4, 3, BLOCK),
      frame(0, 1, 3, message('0801')),
    );
    assert.equal(foreign()[0]?.stream, 1);
    assert.match(foreign()[0]?.reason ?? '', /not a gRPC message/);
    assert.deepEqual(
      messages().map(({ stream }) => stream),
      [3],
    );
  });

  test('with an encoding that has the name of a JavaScript function are shown as compressed', () => {
    const { fromClient, messages } = decoder();
    const encoding = Buffer.from('\0\x0dgrpc-encoding\x08toString', 'latin1').toString('hex');
    fromClient(begun, frame(1, 4, 1, BLOCK + encoding), frame(0, 0, 1, '01000000010a'));
    assert.deepEqual(
      messages().map(({ text }) => text),
      ['(compressed with toString)'],
    );
  });
});

test('of a long message only the beginning is copied', (t) => {
  const { connection, messages, fromClient } = decoder();
  fromClient(PREFACE, SETTINGS, frame(1, 4, 1, BLOCK));
  const long = message('00'.repeat(2 ** 20));
  const bytes = Buffer.concat(
    [...Array(Math.ceil(long.length / 16_384)).keys()].map((number) =>
      frame(0, 0, 1, long.subarray(number * 16_384, (number + 1) * 16_384)),
    ),
  );
  const copy = t.mock.method(Buffer.prototype, 'copy');
  const others = [t.mock.method(Buffer, 'from'), t.mock.method(Buffer, 'concat')];
  for (let at = 0; at < bytes.length; at += 65_536)
    connection.push('client', bytes.subarray(at, at + 65_536));
  assert.equal(messages()[0]?.length, 2 ** 20);
  const copied = copy.mock.calls.reduce((sum: number, { result = 0 }) => sum + result, 0);
  assert.ok(copied < 10_000, `${copied} bytes are copied`);
  assert.deepEqual(
    others.map(({ mock }) => mock.callCount()),
    [0, 0],
  );
});

describe('memory is bounded', () => {
  test('by a budget for messages that are not complete, which is given back', () => {
    const { fromClient, connection, budget } = decoder();
    fromClient(PREFACE, SETTINGS);
    const beginning = Buffer.concat([Buffer.from('0000100000', 'hex'), Buffer.alloc(100)]);
    for (let stream = 1; stream < 201; stream += 2)
      fromClient(frame(1, 4, stream, BLOCK), frame(0, 0, stream, beginning));
    assert.ok(budget.left >= 0 && budget.left < 4096, String(budget.left));
    connection.close();
    assert.equal(budget.left, 100_000);
  });

  test('for a block that stands for far more than its bytes', () => {
    const { fromClient, frames } = decoder();
    const value = Buffer.concat([
      Buffer.from('400161', 'hex'),
      Buffer.from('7fa10e', 'hex'),
      Buffer.alloc(1952, 'x'),
    ]);
    fromClient(PREFACE, SETTINGS, frame(1, 4, 1, Buffer.concat([value, Buffer.alloc(10_000, 0xbe)])));
    const { headers = [] } = frames()[1] ?? {};
    assert.ok(JSON.stringify(headers).length < 70_000);
    assert.match(headers.at(-1)?.[1] ?? '', /^\d+ more fields$/);
  });
});
