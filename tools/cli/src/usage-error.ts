import { InvalidArgumentError } from 'commander';

/**
 * The user asked for something that can't be done: its message is shown, and the program exits with 2. The parser
 * of an option or argument may throw it too; commander then names that option.
 */
export class UsageError extends InvalidArgumentError {}
