/**
 * The command that starts a program of a package, for messages and `--help`.
 *
 * @param options the text after the command
 */
export function commandOf(name: string, program: string, options = ''): string {
  return `pnpm ${name}:${program} ${options}`.trim();
}
