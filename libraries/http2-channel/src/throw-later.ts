/** Throws an error of the caller's code in a later tick, so that it does not reach the code that reads and writes streams. */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
