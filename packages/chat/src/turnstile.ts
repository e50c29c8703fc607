// What a stream has on its way to the socket at a time is twice this (pipeline-writes.ts in grpc-iterables).
const A_TURN = 32;

/**
 * Lets only so many messages into the room in one turn of the event loop.
 *
 * Streams are written to between turns: were more let in than they take, clients that read as fast as they can would
 * fall behind by the server's fault. This way senders are held back instead, all the way to their own `yield`.
 */
export function newTurnstile(): () => Promise<void> | undefined {
  let passed = 0;
  let nextTurn: Promise<void> | undefined;

  async function pass(): Promise<void> {
    while (nextTurn && passed >= A_TURN) await nextTurn;
    passed++;
    nextTurn ??= new Promise((resolve) => {
      setImmediate(() => {
        passed = 0;
        nextTurn = undefined;
        resolve();
      });
    });
  }
  return pass;
}
