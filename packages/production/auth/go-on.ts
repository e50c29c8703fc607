import { isExpiredDuringCall } from './expired-during-call.ts';

/**
 * A stream that continues with a new call when the token of the last call has expired.
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
      // The server had accepted the call, with a token that was valid for a while. So this loop cannot run without a pause.
      if (!isExpiredDuringCall(error)) throw error;
    }
  }
}
