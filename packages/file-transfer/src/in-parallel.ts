/** Runs an action for each item, at most `width` at a time; when one fails no further one is begun, and its error is thrown. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  width: number,
  action: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  let failed = false;
  async function work(): Promise<void> {
    for (let next = rest.next(); !next.done && !failed; next = rest.next()) {
      try {
        await action(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: width }, work));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}
