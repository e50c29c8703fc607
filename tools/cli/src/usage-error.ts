/**
 * The user asked for something that is not possible. Its message is shown, and the program exits with 2. The parser of
 * an option or of an argument may throw it too; the message then begins with the name of that option.
 */
export class UsageError extends Error {}
