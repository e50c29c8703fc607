import { createHash, randomBytes } from 'node:crypto';

// Without letters that look like others.
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'.padEnd(32, '2');
const LENGTH = 8;

/** A short random text that names a member. It has 40 bits, so servers that share a room need not ask each other. */
export function newCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % 32]).join('');
}

/**
 * The name of a sender in the room: a hash of its secret, always 22 characters.
 *
 * So no server keeps the secret, and a long one takes no more memory than a short one. What other clients see cannot be used as
 * a secret. A client without a secret is a new sender in each call.
 */
export function senderOf(secret: string): string {
  const bytes =
    secret === '' ? randomBytes(16) : createHash('sha256').update(secret).digest().subarray(0, 16);
  return bytes.toString('base64url');
}
