// The README of a project: what it is, its commands, what is where, and how to make it one's own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../workspace.ts';
import type { Packed } from './packed.ts';

interface Project {
  readonly pattern: string;
  readonly name: string;
  readonly scripts: Record<string, string>;
  readonly files: string[];
  readonly packages: Packed[];
}

export function readme(root: string, project: Project): string {
  const { pattern, name, scripts, files } = project;
  const lines = [
    `# ${name}`,
    introduction(root, pattern),
    commands(scripts),
    'The commands are the same with pnpm and yarn, without the two dashes: `pnpm client --help`.',
    '## What is where',
    [...ownFiles(root, pattern, files), ...folders(project)].join('\n'),
    '## Make it yours',
    steps(project)
      .map((step, index) => `${index + 1}. ${step}`)
      .join('\n'),
    '## Licence',
    'The sources come from grpc-streams, under the [MIT licence](LICENSE). Keep that file with copies of them.',
  ];
  return `${lines.join('\n\n')}\n`;
}

/** The title and the first paragraph of the pattern's own README, without its links. */
function introduction(root: string, pattern: string): string {
  const text = readFileSync(join(root, folderOf(pattern) ?? '', 'README.md'), 'utf8');
  const [title = '', about = ''] = text.split('\n\n');
  return `${title.replace(/^# /, '')}. ${about.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')}`;
}

function commands(scripts: Record<string, string>): string {
  const notes: Record<string, string> = {
    server: 'in one terminal',
    client: 'in another; options go behind two dashes: npm run client -- --help',
    build: 'JavaScript for plain Node, in dist/',
    start: 'runs what was built',
  };
  const shown = ['server', 'client', 'check', 'build', 'start'].filter((script) => scripts[script]);
  const lines = ['npm install', 'npm test', ...shown.map((script) => `npm run ${script}`)];
  const noted = lines.map((line) => [line, notes[line.replace('npm run ', '')]] as const);
  return `\`\`\`console\n${noted.map(([line, note]) => `$ ${note ? `${line.padEnd(16)}# ${note}` : line}`).join('\n')}\n\`\`\``;
}

/** What a file says of itself: the first sentence of the comment that it begins with. */
function roleOf(root: string, pattern: string, file: string): string {
  const text = readFileSync(join(root, folderOf(pattern) ?? '', file), 'utf8');
  const [comment = ''] = /^(?:\/\/ .*\n)*/.exec(text) ?? [];
  const [sentence = ''] = comment
    .replace(/\n?\/\/ /g, ' ')
    .trim()
    .split(/\. |\n/);
  return sentence.replace(/\.$/, '').replace(/`pnpm [\w-]+:/g, '`npm run ');
}

/** The files that say what they are; the others are named after what they do. */
function ownFiles(root: string, pattern: string, files: string[]): string[] {
  const own = files.filter((file) => /^src\/[^/]+\.ts$/.test(file) && !file.endsWith('.test.ts'));
  const roles = own.map((file) => [file, roleOf(root, pattern, file)] as const);
  const told = roles.filter(([, role]) => role !== '');
  const lines = told.map(([file, role]) => `- \`${file}\`: ${role}`);
  const others = own.length - told.length;
  return others === 0 ? lines : [...lines, `- ${others} more in \`src/\`, each named after what it does`];
}

const FOLDERS: [folder: string, about: string][] = [
  ['src/grpc-iterables', 'grpc-js calls as async iterables, correct however a call ends'],
  ['src/http2-channel', 'the connections of clients, on node:http2'],
  ['src/cli', 'options, Ctrl-C and exit codes of the programs; `testing.ts` starts programs in tests'],
  ['src/errors', 'typed details beside a status'],
  ['src/upstream', 'the calls of many clients over few connections'],
  ['proto', 'the contract: `index.ts` exports the services, `gen/` has their types'],
];

function folders({ files, packages }: Project): string[] {
  const there = FOLDERS.filter(([folder]) => files.some((file) => file.startsWith(`${folder}/`)));
  const vendor = packages.map(({ file, name }) => `- \`${file}\`: the package ${name}; its README is in it`);
  return [...there.map(([folder, text]) => `- \`${folder}/\`: ${text}`), ...vendor];
}

function steps({ scripts, pattern }: Project): string[] {
  const contract = [
    'Write your .proto beside ours in `proto/`, list it in `proto/files.ts`, export its service from `proto/index.ts`, and run `npm run generate`.',
    'Make `src/service.ts` and the two programs use it. The compiler says what is missing, except for the fields of a request: all of them are optional, and a field that is not set arrives as 0 or empty.',
    `Rename what is called \`${pattern}\`: \`name\` in the programs, and \`src/cli/command-of.ts\`. Set \`serving\` and \`port\`.`,
    'Delete what is ours in `proto/`, and run `npm run generate`, `npm run check` and `npm test` again.',
  ];
  return [
    'Put your logic in place of ours. It is in the files that import nothing of gRPC.',
    ...(scripts.generate ? contract : []),
  ];
}
