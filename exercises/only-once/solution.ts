// A check and a write are two steps, and another server can come between them. So the log itself makes sure that nothing has changed since the check.
export interface Message {
  sender: string;
  number: number;
  text: string;
}

export interface Log {
  lastOf(sender: string): Promise<{ number: number; position: number }>;
  append(message: Message, position?: number): Promise<number>;
}

/** Another server has stored a message of the same sender. */
export class Overtaken extends Error {}

/** Returns the position in the log, when the message is in it. */
export async function storeOnce(log: Log, message: Message): Promise<number> {
  for (;;) {
    const last = await log.lastOf(message.sender);
    if (message.number <= last.number) return last.position;
    try {
      return await log.append(message, last.position);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}
