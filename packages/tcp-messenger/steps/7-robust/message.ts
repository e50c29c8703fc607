/** A text, and the client that gets it. */
export interface Message {
  to: number;
  text: string;
}

// Tabs are the only control characters. Others could move the cursor of another terminal, and forge what it shows.
const MESSAGE = /^(\d+) ((?:\P{Cc}|\t)+)$/u;

/** Reads `2 hello`; undefined if it is not a message. */
export function parseMessage(line: string): Message | undefined {
  const [, to, text] = MESSAGE.exec(line) ?? [];
  return to === undefined || text === undefined ? undefined : { to: Number(to), text };
}

/** Writes `0->>hello`. */
export function formatMessage(from: number, text: string): string {
  return `${from}->>${text}`;
}
