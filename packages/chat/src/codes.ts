import { createHash, randomBytes } from 'node:crypto';

// Without those that look like others.
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'.padEnd(32, '2');
const LENGTH = 8;

/** A short random text that stands for someone: 40 bits, so that servers which share a room need not ask each other. */
export function newCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % 32]).join('');
}

/**
 * What the room calls a sender: a hash of its secret, always 22 characters.
 *
 * So the secret is kept nowhere, a long one takes no more memory than a short one, and nothing that a client is ever
 * sent works as a secret. A client without a secret is another sender in each call.
 */
export function senderOf(secret: string): string {
  const bytes =
    secret === '' ? randomBytes(16) : createHash('sha256').update(secret).digest().subarray(0, 16);
  return bytes.toString('base64url');
}
