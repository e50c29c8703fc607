// Characters that move the cursor, clear the screen, break the line, or reverse the text.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Makes a text from another program safe to print in one line: it cannot control the terminal. Tabs and line breaks become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').replace(CONTROLS, '\ufffd');
}
