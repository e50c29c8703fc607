import { Command, type CommanderError } from 'commander';

/** A command whose wrong usage is reported on standard error and exits with 2, as shells expect. */
export function program(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showHelpAfterError('(--help shows how)')
    .exitOverride((error: CommanderError) => process.exit(error.exitCode === 0 ? 0 : 2));
}

/** Says why the program fails, in one line, and with which exit status it will end. */
export function fail(message: string, exitCode: number): void {
  console.error(message);
  process.exitCode = exitCode;
}
