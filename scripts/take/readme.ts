// The README of a project: what it is, its commands, what is where, and how to make it one's own.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Collection } from './collect.ts';
import { built } from './manifest.ts';
import type { Packed } from './packed.ts';
import type { Pattern } from './patterns.ts';
import { protoPart } from './proto.ts';
import { aboutProject, adapted, type ScriptNames } from './texts.ts';

interface Project {
  readonly pattern: Pattern;
  readonly name: string;
  readonly scripts: Record<string, string>;
  readonly names: ScriptNames;
  readonly files: string[];
  readonly packages: Packed[];
  readonly collection: Collection;
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
function introduction(root: string, { folder }: Pattern): string {
  const text = readFileSync(join(root, folder, 'README.md'), 'utf8');
  const [title = '', about = ''] = text.split('\n\n');
  return `${title.replace(/^# /, '')}. ${aboutProject(about.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1'))}`;
}

function commands(scripts: Record<string, string>): string {
  const notes: Record<string, string> = {
    test: 'with real servers and clients',
    demo: 'a server and a client in one process',
    check: 'the types',
    server: 'in one terminal',
    client: 'in another; options go behind two dashes: npm run client -- --help',
    build: 'JavaScript for plain Node, in dist/',
    start: `runs the built server${scripts.client ? `; the built client is ${built(scripts.client)}` : ''}`,
  };
  const shown = ['demo', 'server', 'client', 'check', 'build', 'start'].filter((script) => scripts[script]);
  const lines = ['npm install', 'npm test', ...shown.map((script) => `npm run ${script}`)];
  const noted = lines.map((line) => [line, notes[line.replace(/^npm (?:run )?/, '')]] as const);
  return `\`\`\`console\n${noted.map(([line, note]) => `$ ${note ? `${line.padEnd(16)}# ${note}` : line}`).join('\n')}\n\`\`\``;
}

/** The text of a file of the project, as it is in the workspace. */
function textOf(root: string, { collection }: Project, file: string): string {
  const [source = ''] = [...collection.files].find(([, target]) => target === file) ?? [];
  return readFileSync(join(root, source), 'utf8');
}

/**
 * What a file says of itself: the first sentence of the comment that it begins with. A comment of a declaration does not count.
 */
function roleOf(root: string, project: Project, file: string): string {
  const [, comment = ''] = /^((?:\/\/ .*\n)*)(?:\n|import )/.exec(textOf(root, project, file)) ?? [];
  const [sentence = ''] = adapted(comment, project.collection.files, project.names)
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
  if (told.length === own.length) return lines;
  return [...lines, '- The other files in `src/` are named after what they do'];
}

/** The folders that are chapters, of the pattern or beside it: what the title of each chapter says. */
function chapters(root: string, { pattern, files, scripts }: Project): string[] {
  const whole = pattern.isPart ? dirname(pattern.folder) : pattern.folder;
  return [...new Set(files.map(dirname))].sort().flatMap((folder) => {
    const page = join(root, whole, pattern.isPart ? basename(folder) : folder, 'README.md');
    if (folder === '.' || !existsSync(page)) return [];
    const [, about = ''] = /^# [^:\n]+: (.+)/.exec(readFileSync(page, 'utf8')) ?? [];
    return [`- \`${folder}/\`: ${about}${scripts[folder] ? `; \`npm run ${folder}\` shows it` : ''}`];
  });
}

const LIBRARY = /^(src\/(?:grpc-iterables|http2-channel)\/).*/;

const FOLDERS: [folder: string, about: string][] = [
  ['steps', 'the steps, each a program of its own'],
  ['src/grpc-iterables', 'grpc-js calls as async iterables, correct however a call ends'],
  ['src/http2-channel', 'the connections of clients, on node:http2'],
  [
    'src/cli',
    'what the programs and the tests share, such as options, Ctrl-C, and the start of programs in tests',
  ],
  ['src/errors', 'typed details beside a status'],
  ['src/upstream', 'the calls of many clients over few connections'],
  ['src/test', 'programs that the tests start'],
  ['proto', 'the contract: `index.ts` exports the services, `gen/` has their types'],
];

function folders({ files, packages }: Project): string[] {
  const there = FOLDERS.filter(([folder]) => files.some((file) => file.startsWith(`${folder}/`)));
  const vendor = packages.map(({ file, name }) => `- \`${file}\`: the package ${name}; its README is in it`);
  return [...there.map(([folder, text]) => `- \`${folder}/\`: ${text}`), ...vendor];
}

/** The files that define the services. */
function serviceFiles(root: string, project: Project): string {
  const defining = ownSources(project.files).filter((file) =>
    /return (?:\[\s*)?defineService</.test(textOf(root, project, file)),
  );
  return defining.length > 0 ? defining.map((file) => `\`${file}\``).join(', ') : 'the services';
}

function steps(root: string, project: Project): string[] {
  if (project.pattern.isPart) return stepsOfPart(root, project);
  return [
    'Replace our logic with yours. It is in the files that do not import anything of gRPC.',
    'Write your .proto beside ours in `proto/`, list it in `proto/files.ts`, export its service from `proto/index.ts`, and run `npm run generate`.',
    `Make ${serviceFiles(root, project)} and the programs use it. The compiler says what is missing, except for the fields of a request: all of them are optional, and a field that is not set arrives as 0 or empty.`,
    `Rename what is called \`${project.pattern.name}\`: \`name\` in the programs, and \`src/cli/command-of.ts\`. Set \`serving\` and \`port\`.`,
    'Delete what is ours in `proto/`, change the tests in `src/`, and run `npm run generate`, `npm run check` and `npm test` again.',
  ];
}

/** How the code that goes around a service gets into another service. */
function stepsOfPart(root: string, { collection, packages }: Project): string[] {
  const { files, running, runningServices, dependencies } = collection;
  const code = (texts: Iterable<string>) => [...texts].map((text) => `\`${text}\``).join(', ');
  const sources = [...running].filter((file) => file.startsWith('src/')).sort();
  // A library as sources is copied as a whole.
  const copied = new Set(sources.map((file) => file.replace(LIBRARY, '$1')));
  const contracts = [...protoPart(root, runningServices).keys()].filter((file) => file.endsWith('.proto'));
  const forTests = [...new Set([...files.values()].map(dirname))].filter(
    (folder) => folder.startsWith('src/') && !sources.some((file) => dirname(file) === folder),
  );
  return [
    'Read `src/demo.ts`. It shows how a server and a client use these files.',
    `Copy these files into your service, and keep their folders: ${code(copied)}.`,
    `${packages.length > 0 ? 'Copy `vendor/`, and install' : 'Install'} what the files import: \`npm install ${[...dependencies.keys(), ...packages.map(({ file }) => `./${file}`)].sort().join(' ')}\`.`,
    ...(contracts.length === 0
      ? []
      : [
          `The files import \`proto/index.ts\`, so copy \`proto/\` as well. Of its .proto files they need only ${code(contracts)}. Write your .proto beside these, list it in \`proto/files.ts\`, export its service from \`proto/index.ts\`, and run \`npx tsx proto/generate.ts\`.`,
        ]),
    `Copy the tests that you want to keep. They also need ${code(forTests.map((folder) => `${folder}/`))}${forTests.length > 0 ? ', and ' : ''}the \`devDependencies\` of this project.`,
  ];
}
