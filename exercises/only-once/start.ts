// chat-several-servers: Store each message of a sender once, although two servers may get it.
//
// A client that comes back sends a message again, maybe to another server. Both servers write to one log. This server stores what it gets. So a message
// can be in the log twice. Change it, with the help of the log:
// 1. `log.lastOf(sender)` returns the number of the last message of this sender, and its position. If there is none, both are 0.
// 2. `log.append(message, position)` stores the message only if `position` is still that of the sender's last message. If another server was
//    faster, it throws `Overtaken`. Then look again.
// 3. If the log has this number already, or a higher one, do not store the message. Return the position of the sender's last message.
// 4. An error that is not `Overtaken` is thrown.
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
  return log.append(message);
}
