import { execFile } from 'node:child_process';
import { plainEnvironment } from '../tools/cli/src/environment.ts';
import { findDemos } from './demos.ts';
import { pnpmCommand } from './pnpm.ts';
import { runPair, type Side } from './run-pair.ts';

/** What one side of a pair prints. Ports are written as PORT. */
export async function printedByPair(name: string, args: string[], side: Side): Promise<string[]> {
  const lines: string[] = [];
  const demo = (await findDemos()).find((one) => one.name === name);
  if (!demo) throw new Error(`no demo "${name}"`);
  const { ending } = await runPair(
    { ...demo, clientArguments: args },
    (from, line) => {
      if (from === side) lines.push(line.replace(/^(Serving .* on \S+:)\d+$/, '$1PORT'));
    },
    new AbortController().signal,
  );
  if (lines.length === 0) throw new Error(`${name} ${args.join(' ')}: ${ending}`);
  return lines;
}

/** What a pnpm command prints. Times are written as 0.0 s, ports as PORT. */
export function printedBy(command: string, root: string): Promise<string> {
  const [program = '', ...args] = command.split(' ');
  if (program !== 'pnpm') throw new Error(`"${command}" is no pnpm command`);
  return new Promise((resolve, reject) => {
    execFile(
      ...pnpmCommand(['--silent', ...args]),
      { cwd: root, encoding: 'utf8', env: plainEnvironment() },
      (error, stdout) => {
        if (stdout === '') return reject(new Error(`${command}: ${error?.message ?? 'prints nothing'}`));
        resolve(
          stdout
            .trim()
            .replace(/\d+\.\d s\b/g, '0.0 s')
            .replace(/(127\.0\.0\.1):\d+/g, '$1:PORT'),
        );
      },
    );
  });
}
