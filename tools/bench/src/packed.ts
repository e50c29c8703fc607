// A thousand exact int64 in one message: eight bytes each, little-endian like every processor that runs Node.

export const NUMBERS_A_MESSAGE = 1000;

// Far larger than an exact JavaScript number.
const numbers = BigInt64Array.from({ length: NUMBERS_A_MESSAGE }, (_, i) => 2n ** 53n + BigInt(i));

/** The sum of `messages` messages of `packed`, wrapped to 64 bits. */
export function expectedSum(messages: number): bigint {
  return BigInt.asIntN(64, numbers.reduce((sum, number) => sum + number, 0n) * BigInt(messages));
}

/** @returns the bytes of one message; nothing is copied */
export function packed(): Buffer {
  return Buffer.from(numbers.buffer);
}

// #region sum
/** The sum of all numbers in the bytes of a message. */
export function sumOf(bytes: Uint8Array): bigint {
  // A typed array must begin at a multiple of eight. A message may begin anywhere in its packet, so it is copied then.
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const view = new BigInt64Array(aligned.buffer, aligned.byteOffset, aligned.length / 8);
  let sum = 0n;
  for (const number of view) sum += number;
  return sum;
}
// #endregion sum
