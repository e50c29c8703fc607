import { isExpiredDuringCall } from './expired-during-call.ts';

/**
 * A stream that goes on with a new call when the token of the last one has expired.
 *
 * @param open makes the call; it gets the last message that was received, to ask for what comes after that
 *
 * @example
 * const changes = goOn<Change>((last) => client.watch({ after: last?.revision ?? 0 }));
 * for await (const change of changes) console.log(change);
 */
export async function* goOn<Message>(
  open: (last: Message | undefined) => AsyncIterable<Message>,
): AsyncGenerator<Message, void> {
  let last: Message | undefined;
  for (;;) {
    try {
      for await (const message of open(last)) {
        last = message;
        yield message;
      }
      return;
    } catch (error) {
      // Such a call was accepted, with a token that was good for a while. So this is not a busy loop.
      if (!isExpiredDuringCall(error)) throw error;
    }
  }
}
