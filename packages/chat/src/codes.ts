import { randomBytes } from 'node:crypto';

// Without those that look like others.
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'.padEnd(32, '2');
const LENGTH = 8;

/** A short random text that stands for someone: 40 bits, so that servers which share a room need not ask each other. */
export function newCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % 32]).join('');
}
