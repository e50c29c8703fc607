import { basename } from 'node:path';

/** A pnpm command as a program and its arguments: the pnpm that started this process, or else the one that npx finds. */
export function pnpmCommand(args: string[]): [program: string, args: string[]] {
  const started = process.env.npm_execpath ?? '';
  if (!basename(started).startsWith('pnpm')) return ['npx', ['--yes', 'pnpm', ...args]];
  return /\.[cm]?js$/.test(started) ? [process.execPath, [started, ...args]] : [started, args];
}
