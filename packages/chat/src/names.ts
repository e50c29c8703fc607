import { printable } from 'cli';

// How many names are remembered. A name always belongs to the first member that had it.
const MOST = 1000;

/**
 * How members are shown. The first member with a name is shown by that name. Others with the same name are shown with their code,
 * as in `Ann (k3f9x2wq)`. When a thousand names are known, all new ones are shown with their code.
 */
export function newNames(): (speaker: { name: string; code: string }) => string {
  const codes = new Map<string, string>();
  return ({ name, code }) => {
    // Unicode has several ways to write the same letter, such as one or two characters for é.
    const same = name.normalize('NFKC');
    if (!codes.has(same) && codes.size < MOST) codes.set(same, code);
    const shown = unmistakable(name);
    return codes.get(same) === code ? shown : `${shown} (${printable(code)})`;
  };
}

// Letters and digits, and between them single spaces and a few signs.
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.'’-]*( [\p{L}\p{M}\p{N}_.'’-]+)*$/u;
// Unicode also has letters that are invisible.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** A name as it is; in quotes if it looks like something else: a notice, a code, or another name with a message. */
function unmistakable(name: string): string {
  if (PLAIN.test(name) && name.search(INVISIBLE) < 0) return name;
  return JSON.stringify(printable(name).replace(INVISIBLE, '\ufffd'));
}
