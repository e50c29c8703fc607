/** What the caller's code throws is not caught, but must not reach the code that reads and writes streams. */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
