import { setTimeout as delay } from 'node:timers/promises';
import { isExpiredDuringCall } from './expired-during-call.ts';

/** A call that ends sooner is followed by a pause of this length, in milliseconds. */
const SHORTEST_CALL = 200;

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
    const openedAt = performance.now();
    try {
      for await (const message of open(last)) {
        last = message;
        yield message;
      }
      return;
    } catch (error) {
      if (!isExpiredDuringCall(error)) throw error;
    }
    // A token is good for a while. If a server or its clock is wrong, this must not become a busy loop.
    if (performance.now() - openedAt < SHORTEST_CALL) await delay(SHORTEST_CALL);
  }
}
