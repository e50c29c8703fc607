import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Field, HeaderDecoder } from './decoder.ts';

function decoded(decoder: HeaderDecoder, hex: string): Field[] {
  const fields: Field[] = [];
  decoder.decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), (field) => fields.push(field));
  return fields;
}

const request = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
];
const secondRequest = [...request, ['cache-control', 'no-cache']];
const thirdRequest = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':path', '/index.html'],
  [':authority', 'www.example.com'],
  ['custom-key', 'custom-value'],
];
const date = ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'];
const response = [
  [':status', '302'],
  ['cache-control', 'private'],
  date,
  ['location', 'https://www.example.com'],
];
const secondResponse = [[':status', '307'], ...response.slice(1)];
const thirdResponse = [
  [':status', '200'],
  ['cache-control', 'private'],
  ['date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
  ['location', 'https://www.example.com'],
  ['content-encoding', 'gzip'],
  ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
];

// https://www.rfc-editor.org/rfc/rfc7541#appendix-C
describe('the examples of RFC 7541', () => {
  test('C.2: each kind of field', () => {
    const custom = '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572';
    assert.deepEqual(decoded(new HeaderDecoder(), custom), [['custom-key', 'custom-header']]);
    const path = '040c 2f73 616d 706c 652f 7061 7468';
    assert.deepEqual(decoded(new HeaderDecoder(), path), [[':path', '/sample/path']]);
    const password = '1008 7061 7373 776f 7264 0673 6563 7265 74';
    assert.deepEqual(decoded(new HeaderDecoder(), password), [['password', 'secret']]);
    assert.deepEqual(decoded(new HeaderDecoder(), '82'), [[':method', 'GET']]);
  });

  for (const [name, blocks] of [
    [
      'C.3: requests without Huffman',
      [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
    ],
    [
      'C.4: requests with Huffman',
      [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
    ],
  ] as const) {
    test(name, () => {
      const decoder = new HeaderDecoder();
      const fields = blocks.map((block) => decoded(decoder, block));
      assert.deepEqual(fields, [request, secondRequest, thirdRequest]);
    });
  }

  for (const [name, blocks] of [
    [
      'C.5: responses without Huffman, in a table of 256 bytes',
      [
        `4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120
         474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`,
        '4803 3330 37c1 c0bf',
        `88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738
         666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33
         3630 303b 2076 6572 7369 6f6e 3d31`,
      ],
    ],
    [
      'C.6: responses with Huffman, in a table of 256 bytes',
      [
        `4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718
         63c7 8f0b 97c8 e9ae 82ae 43d3`,
        '4883 640e ffc1 c0bf',
        `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7
         b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`,
      ],
    ],
  ] as const) {
    test(name, () => {
      const decoder = new HeaderDecoder();
      decoded(decoder, '3f e1 01');
      const fields = blocks.map((block) => decoded(decoder, block.replaceAll(/\s/g, '')));
      assert.deepEqual(fields, [response, secondResponse, thirdResponse]);
    });
  }
});

describe('a block that breaks the rules', () => {
  for (const [what, hex, reason] of [
    ['an index without an entry', 'bf', /entry 63 of the table, which does not exist/],
    ['index 0', '80', /entry 0 of the table/],
    ['an integer without an end', 'ffffffffffffffffffffffff', /an integer that is too large/],
    ['a string that is cut', '400a6375', /ends in the middle of a string/],
    ['a field that is cut', '40', /ends in the middle of a field/],
    [
      'a table that is larger than allowed',
      '3fe21f',
      /a header table of \d+ bytes is larger than the allowed 4096/,
    ],
    ['wrong Huffman padding', '40813800', /wrong padding/],
    ['a Huffman end symbol', '4084fffffffc00', /end symbol/],
  ] as const) {
    test(what, () => {
      assert.throws(() => decoded(new HeaderDecoder(), hex), reason);
    });
  }
});
