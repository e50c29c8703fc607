import { FileError } from './file-error.ts';

/** The folder inside the served folder that contains everything that is not a file of a user. */
export const INTERNAL_FOLDER = '.transfer';
// What Linux allows; most other systems allow about as much.
const LONGEST = 255;

/** Why a name cannot be the name of a file, as in "a name must …"; undefined if it can. */
// #region names
export function flawOf(name: string): string | undefined {
  if (name === '') return 'must not be empty';
  if (!name.isWellFormed()) return 'must be well-formed Unicode';
  if (Buffer.byteLength(name) > LONGEST) return `must not be longer than ${LONGEST} bytes`;
  if (/[/\\]/.test(name)) return 'must not contain / or \\';
  if (/\p{Cc}/u.test(name)) return 'must not contain control characters';
  if (/^[a-z]:/i.test(name)) return 'must not begin with the letter of a drive';
  if (name === '.' || name === '..') return 'must not be . or ..';
  // Some file systems do not distinguish upper and lower case.
  if (name.toLowerCase() === INTERNAL_FOLDER) return `must not be ${INTERNAL_FOLDER}`;
  return undefined;
}
// #endregion names

/** The same name, if it can be the name of a file. @throws FileError */
export function checkedName(name: string): string {
  const flaw = flawOf(name);
  if (flaw === undefined) return name;
  const shown = JSON.stringify(name.length > 80 ? `${name.slice(0, 80).toWellFormed()}…` : name);
  throw new FileError('invalid', `the name ${shown} cannot be used: it ${flaw}`);
}
