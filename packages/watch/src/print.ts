import type { Change } from './watch.ts';

// These characters change what a terminal shows, or end the line.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** A key or a value on one line, safe to show on a terminal. */
export function printable(text: Uint8Array | string): string {
  return Buffer.from(text)
    .toString()
    .replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A change on one line. */
export function lineOf(change: Change): string {
  switch (change.type) {
    case 'put':
      return `${change.revision} put ${printable(change.key)} = ${printable(change.value)}`;
    case 'delete':
      return `${change.revision} delete ${printable(change.key)}`;
    case 'state':
      return `${change.revision} the state is complete`;
  }
}
