import { printable } from 'cli';

// Codes of names are kept for so many; no name is ever given to another one.
const MOST = 1000;

/**
 * What those who talk are called, by their codes: the first of a name is called by it, and others of the same name with their code,
 * as in `Ann (k3f9x2wq)`. When a thousand names are known, all further ones have their code.
 */
export function newNames(): (speaker: { name: string; code: string }) => string {
  const codes = new Map<string, string>();
  return ({ name, code }) => {
    if (!codes.has(name) && codes.size < MOST) codes.set(name, code);
    const shown = unmistakable(name);
    return codes.get(name) === code ? shown : `${shown} (${printable(code)})`;
  };
}

// Letters and digits, and between them single spaces and a few signs.
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.'’-]*( [\p{L}\p{M}\p{N}_.'’-]+)*$/u;
// Unicode has letters, too, that nobody can see.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** A name as it is, or in quotes if it could be taken for something else: a notice, a code, another name and what it says. */
function unmistakable(name: string): string {
  if (PLAIN.test(name) && name.search(INVISIBLE) < 0) return name;
  return JSON.stringify(printable(name).replace(INVISIBLE, '\ufffd'));
}
