/** The user asked for something that can't be done: its message is shown, and the program exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
