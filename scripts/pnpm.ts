import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

/** A pnpm command as a program and its arguments: the pnpm that started this process, the one in PATH, or the one that npx finds. */
export function pnpmCommand(args: string[]): [program: string, args: string[]] {
  const started = process.env.npm_execpath ?? '';
  if (basename(started).startsWith('pnpm'))
    return /\.[cm]?js$/.test(started) ? [process.execPath, [started, ...args]] : [started, args];
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, 'pnpm')))) return ['pnpm', args];
  return ['npx', ['--yes', 'pnpm', ...args]];
}
