/** Who gets what. */
export interface Message {
  to: number;
  text: string;
}

// No control characters but tabs: those of one terminal could move the cursor of another and forge what it shows.
const MESSAGE = /^(\d+) ((?:\P{Cc}|\t)+)$/u;

/** Reads `2 hello`; undefined if it is no message. */
export function parseMessage(line: string): Message | undefined {
  const [, to, text] = MESSAGE.exec(line) ?? [];
  return to === undefined || text === undefined ? undefined : { to: Number(to), text };
}

/** Writes `0->>hello`. */
export function formatMessage(from: number, text: string): string {
  return `${from}->>${text}`;
}
