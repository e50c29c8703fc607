import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import protobuf from 'protobufjs';
import { textOf } from './protobuf.ts';

const { root } = protobuf.parse(
  `syntax = "proto3";
  message All {
    int64 number = 1; sint32 zigzag = 2; bool yes = 3; Colour colour = 4; double real = 5; float short = 6;
    string name = 7; bytes raw = 8; repeated int32 packed = 9; All inner = 10; map<string, int32> counts = 11;
    sfixed64 fixed = 12; uint64 large = 13; map<int32, All> more = 14;
  }
  enum Colour { RED = 0; BLUE = 1; }`,
  { keepCase: true },
);
const All = root.lookupType('All');

function text(fields: object): string {
  const bytes = Buffer.from(All.encode(All.fromObject(fields)).finish());
  return textOf(bytes, bytes.length, All);
}

describe('a message as text', () => {
  for (const [fields, expected] of [
    [{ number: '-9007199254740993' }, 'number: -9007199254740993'],
    [{ zigzag: -3, yes: true, colour: 'BLUE' }, 'zigzag: -3 yes: true colour: BLUE'],
    [{ real: 0.1, short: 0.1, fixed: -5 }, 'real: 0.1 short: 0.1 fixed: -5'],
    [{ large: '18446744073709551615' }, 'large: 18446744073709551615'],
    [{ name: 'Ann "A"\n', raw: Buffer.from([0, 255]) }, 'name: "Ann \\"A\\"\\n" raw: 0x00ff'],
    [{ packed: [1, -2] }, 'packed: 1 packed: -2'],
    [{ inner: { inner: { number: 1 } } }, 'inner { inner { number: 1 } }'],
    [
      { counts: { a: 1 }, more: { 7: { number: 2 } } },
      'counts { key: "a" value: 1 } more { key: 7 value { number: 2 } }',
    ],
    [{}, ''],
  ] as const) {
    test(expected || 'an empty message', () => assert.equal(text(fields), expected));
  }

  test('without its type has numbers, text and hex', () => {
    const bytes = Buffer.from('089601' + '12054869207468' + '1a02ff00', 'hex');
    assert.equal(textOf(bytes, bytes.length), '1: 150 2: "Hi th" 3: 0xff00');
  });

  test('that is long is cut', () => {
    const long = text({ raw: Buffer.alloc(1000), name: 'x'.repeat(1000) });
    assert.ok(long.length < 400);
    const bytes = Buffer.from(All.encode(All.fromObject({ raw: Buffer.alloc(10_000), number: 1 })).finish());
    assert.equal(
      textOf(bytes.subarray(0, 4096), bytes.length, All),
      'number: 1 raw: 0x00000000000000000000000000000000… (10000 bytes) …',
    );
  });

  test('whose bytes are not protobuf is hex', () => {
    assert.equal(textOf(Buffer.from('ffffffffffffffffffffffff', 'hex'), 12), '0xffffffffffffffffffffffff');
    assert.match(
      textOf(Buffer.from('080107', 'hex'), 3, All),
      /^number: 1 \(the rest is not a All: 0x080107\)$/,
    );
  });

  test('with any bytes throws nothing', () => {
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(Array.from({ length: round % 40 }, () => Math.floor(Math.random() * 256)));
      for (const type of [All, undefined])
        assert.ok(textOf(bytes, bytes.length, type).length < 500, bytes.toString('hex'));
    }
  });
});
