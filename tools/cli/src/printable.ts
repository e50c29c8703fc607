// What moves the cursor, clears the screen, breaks the line or turns the text around.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from elsewhere, safe to print in a line: it can't steer the terminal. Tabs and line breaks become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').replace(CONTROLS, '\ufffd');
}
