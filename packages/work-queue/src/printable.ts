// Escape sequences are among them: what others wrote must not steer this terminal.
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text from other people, safe to print in one line. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(CONTROLS, '\ufffd');
}
