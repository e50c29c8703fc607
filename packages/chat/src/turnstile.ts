// Half of what a stream may have on its way to the socket (pipeline-writes.ts in grpc-iterables).
const A_TURN = 32;

/**
 * Lets only so many messages into the room in one turn of the event loop.
 *
 * Streams are written between turns. If more messages came in than a stream can take, even clients that read as fast as they can
 * would fall behind. With this limit the senders wait instead: their own `yield` pauses.
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
