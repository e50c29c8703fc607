// The Huffman code of HPACK: https://www.rfc-editor.org/rfc/rfc7541#appendix-B

// Bits of each symbol's code: 256 octets, then the end of the string. The code is canonical: shorter codes come
// first, and codes of one length follow the order of their symbols. So the lengths say everything.
const LENGTHS = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7,
  8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19,
  13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13,
  28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21,
  22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23,
  22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25,
  25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];
const END = 256;
const LONGEST = 30;

const symbols = [...LENGTHS.keys()].sort((a, b) => lengthOf(a) - lengthOf(b) || a - b);
// By length: the first code, how many there are, and where in `symbols` theirs begin.
const codes: { first: number; count: number; start: number }[] = [];
for (let length = 0, first = 0, start = 0; length <= LONGEST; length++) {
  const count = LENGTHS.filter((one) => one === length).length;
  codes.push({ first, count, start });
  first = (first + count) * 2;
  start += count;
}

function lengthOf(symbol: number): number {
  return LENGTHS[symbol] ?? 0;
}

/**
 * Decodes a Huffman string.
 *
 * @throws Error if the padding is not a part of the end symbol, or the end symbol itself is in the string
 */
export function unhuffman(bytes: Uint8Array): Buffer {
  // The shortest code has 5 bits.
  const text = Buffer.allocUnsafe(Math.floor((bytes.length * 8) / 5));
  let length = 0;
  let code = 0;
  let bits = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      bits++;
      const { first, count, start } = codes[bits] ?? { first: 0, count: 0, start: 0 };
      if (code - first >= count || code < first) continue;
      const symbol = symbols[start + code - first] ?? END;
      if (symbol === END) throw new Error('a header has a Huffman string with an end symbol in it');
      text[length++] = symbol;
      code = 0;
      bits = 0;
    }
  }
  if (bits > 7 || code !== 2 ** bits - 1) throw new Error('a header has a Huffman string with wrong padding');
  return text.subarray(0, length);
}
