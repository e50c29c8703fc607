/**
 * Names of those who talk, by their codes: the first of a name is called by it, and others of the same name with their code,
 * as in `Ann (k3f9x2wq)`.
 */
export function newNames(): (speaker: { name: string; code: string }) => string {
  // Who comes back has a new code, so not all of them can be kept.
  const MOST = 1000;
  const codes = new Map<string, string>();
  return ({ name, code }) => {
    const known = codes.get(name) ?? code;
    codes.set(name, known);
    if (codes.size > MOST) codes.delete(codes.keys().next().value ?? '');
    const shown = printable(name);
    return known === code ? shown : `${shown} (${code})`;
  };
}

// Escape sequences among them: what others say must not steer this terminal. Tab and line break become spaces.
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others, safe to print in a line. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(CONTROLS, '\ufffd');
}
