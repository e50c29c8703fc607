// The README of a project: what it is, its commands, what is where, and how to make it one's own.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../workspace.ts';
import { built } from './manifest.ts';
import type { Packed } from './packed.ts';
import { aboutProject, adapted, type ScriptNames } from './texts.ts';

interface Project {
  readonly pattern: string;
  readonly name: string;
  readonly scripts: Record<string, string>;
  readonly names: ScriptNames;
  readonly files: string[];
  readonly packages: Packed[];
}

export function readme(root: string, project: Project): string {
  const { pattern, name, scripts } = project;
  const lines = [
    `# ${name}`,
    introduction(root, pattern),
    commands(scripts),
    ...(scripts.client
      ? ['The commands are the same with pnpm and yarn, without the two dashes: `pnpm client --help`.']
      : []),
    '## What is where',
    [...ownFiles(root, project), ...chapters(root, project), ...folders(project)].join('\n'),
    ...(scripts.generate ? ['## Make it yours', numbered(steps(root, project))] : []),
    '## Licence',
    'The sources come from grpc-streams, under the [MIT licence](LICENSE). Keep that file with copies of them.',
  ];
  return `${lines.join('\n\n')}\n`;
}

const numbered = (texts: string[]) => texts.map((text, index) => `${index + 1}. ${text}`).join('\n');

/** The title and the first paragraph of the pattern's own README, without its links. */
function introduction(root: string, pattern: string): string {
  const text = readFileSync(join(root, folderOf(pattern) ?? '', 'README.md'), 'utf8');
  const [title = '', about = ''] = text.split('\n\n');
  return `${title.replace(/^# /, '')}. ${aboutProject(about.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1'))}`;
}

function commands(scripts: Record<string, string>): string {
  const notes: Record<string, string> = {
    server: 'in one terminal',
    client: 'in another; options go behind two dashes: npm run client -- --help',
    build: 'JavaScript for plain Node, in dist/',
    start: `runs the built server${scripts.client ? `; the built client is ${built(scripts.client)}` : ''}`,
  };
  const shown = ['server', 'client', 'check', 'build', 'start'].filter((script) => scripts[script]);
  const lines = ['npm install', 'npm test', ...shown.map((script) => `npm run ${script}`)];
  const noted = lines.map((line) => [line, notes[line.replace('npm run ', '')]] as const);
  return `\`\`\`console\n${noted.map(([line, note]) => `$ ${note ? `${line.padEnd(16)}# ${note}` : line}`).join('\n')}\n\`\`\``;
}

/**
 * What a file says of itself: the first sentence of the comment that it begins with. A comment of a declaration does not count.
 */
function roleOf(root: string, { pattern, names }: Project, file: string): string {
  const text = readFileSync(join(root, folderOf(pattern) ?? '', file), 'utf8');
  const [, comment = ''] = /^((?:\/\/ .*\n)*)(?:\n|import )/.exec(text) ?? [];
  const [sentence = ''] = adapted(comment, pattern, names)
    .replace(/\n?\/\/ /g, ' ')
    .trim()
    .split(/\. |\n/);
  return sentence.replace(/\.$/, '');
}

const ownSources = (files: string[]) =>
  files.filter((file) => /^src\/[^/]+\.ts$/.test(file) && !file.endsWith('.test.ts'));

/** The files that say what they are; the others are named after what they do. */
function ownFiles(root: string, project: Project): string[] {
  const own = ownSources(project.files);
  const roles = own.map((file) => [file, roleOf(root, project, file)] as const);
  const told = roles.filter(([, role]) => role !== '');
  const lines = told.map(([file, role]) => `- \`${file}\`: ${role}`);
  const others = own.length - told.length;
  return others === 0 ? lines : [...lines, `- ${others} more in \`src/\`, each named after what it does`];
}

/** The folders of a pattern that has several chapters: what the title of each chapter says. */
function chapters(root: string, { pattern, files }: Project): string[] {
  const own = join(root, folderOf(pattern) ?? '');
  return [...new Set(files.map((file) => file.split('/')[0] ?? ''))].sort().flatMap((folder) => {
    const page = join(own, folder, 'README.md');
    if (!existsSync(page)) return [];
    const [, about = ''] = /^# [^:\n]+: (.+)/.exec(readFileSync(page, 'utf8')) ?? [];
    return [`- \`${folder}/\`: ${about}`];
  });
}

const FOLDERS: [folder: string, about: string][] = [
  ['steps', 'the steps, each a program of its own'],
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

/** The files that define the services. */
function serviceFiles(root: string, { pattern, files }: Project): string {
  const own = join(root, folderOf(pattern) ?? '');
  const defining = ownSources(files).filter((file) =>
    /return (?:\[\s*)?defineService</.test(readFileSync(join(own, file), 'utf8')),
  );
  return defining.length > 0 ? defining.map((file) => `\`${file}\``).join(', ') : 'the services';
}

function steps(root: string, project: Project): string[] {
  return [
    'Replace our logic with yours. It is in the files that do not import anything of gRPC.',
    'Write your .proto beside ours in `proto/`, list it in `proto/files.ts`, export its service from `proto/index.ts`, and run `npm run generate`.',
    `Make ${serviceFiles(root, project)} and the programs use it. The compiler says what is missing, except for the fields of a request: all of them are optional, and a field that is not set arrives as 0 or empty.`,
    `Rename what is called \`${project.pattern}\`: \`name\` in the programs, and \`src/cli/command-of.ts\`. Set \`serving\` and \`port\`.`,
    'Delete what is ours in `proto/`, change the tests in `src/`, and run `npm run generate`, `npm run check` and `npm test` again.',
  ];
}
