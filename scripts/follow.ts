// `tsx scripts/follow.ts FILE`: does what a Markdown file tells the reader to do, in the folder of this workspace. Run it in a clone: it changes files.
//
//   <!-- file: packages/x/src/x.ts -->       a block that is a whole file: written
//   <!-- add: proto/files.ts before ^]; -->  lines to be added, before the first line that matches
//   ```console                               commands, each after "$ ": run, and they have to succeed
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pnpmCommand } from './pnpm.ts';
import { root } from './workspace.ts';

const BLOCK = /^(?:<!-- (file|add): (\S+)(?: before (.+))? -->\n)?(```+)(\w*)\n([\s\S]*?)^\4$/gm;

function write(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function add(path: string, before: string, lines: string): void {
  const text = readFileSync(join(root, path), 'utf8');
  const place = text.search(new RegExp(before, 'm'));
  if (place < 0) throw new Error(`no line of ${path} matches ${before}`);
  write(path, text.slice(0, place) + lines + text.slice(place));
}

function run(command: string): void {
  const [program = '', ...args] = command.split(' ');
  if (program !== 'pnpm') throw new Error(`"${command}" is not a pnpm command`);
  execFileSync(...pnpmCommand(args), { cwd: root, stdio: 'inherit' });
}

const markdown = readFileSync(process.argv[2] ?? '', 'utf8');
for (const [, kind, path = '', before = '', , language, content = ''] of markdown.matchAll(BLOCK)) {
  if (kind === 'file') write(path, content);
  else if (kind === 'add') add(path, before, content);
  else if (language === 'console')
    for (const [, command = ''] of content.matchAll(/^\$ (.+)$/gm)) {
      console.log(`\n$ ${command}`);
      run(command);
    }
}
