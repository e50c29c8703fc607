// What makes a folder of sources a project: package.json, tsconfig.json and a README of one page.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderOf } from '../workspace.ts';
import type { Collection } from './collect.ts';

interface RootManifest {
  engines: Record<string, string>;
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
}

const HANG_GUARD = 120_000;

function rootManifest(root: string): RootManifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The scripts that start the pattern's programs, under the names that its messages mention. */
function programs(scripts: Record<string, string>, pattern: string): [string, string][] {
  return Object.entries(scripts)
    .filter(
      ([script, command]) =>
        command.includes(`/${pattern}/`) && /:(server|client|worker|add|top|dead)$/.test(script),
    )
    .map(([script, command]) => [script, command.replace(/(?:packages|libraries)\/[^/]+\//, '')]);
}

/** The folders that tests are in, so that one more is found. */
function testGlobs(tests: string[]): string[] {
  return [...new Set(tests.map((file) => `${dirname(file)}/*.test.ts`))];
}

export function manifest(
  root: string,
  pattern: string,
  name: string,
  { dependencies, services }: Collection,
  tests: string[],
): string {
  const { engines, scripts, devDependencies } = rootManifest(root);
  const runtime = [...dependencies].filter(([dependency]) => !dependency.startsWith('@types/'));
  const types = [...dependencies].filter(([dependency]) => dependency.startsWith('@types/'));
  const tools = ['@types/node', 'tsx', 'typescript'].map(
    (tool) => [tool, devDependencies[tool] ?? '*'] as const,
  );
  const sorted = (entries: (readonly [string, string])[]) =>
    Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)));
  return `${JSON.stringify(
    {
      name,
      version: '0.1.0',
      private: true,
      type: 'module',
      engines,
      scripts: {
        ...Object.fromEntries(programs(scripts, pattern)),
        check: 'tsc --noEmit',
        ...(services.size > 0 ? { generate: 'tsx proto/generate.ts' } : {}),
        test: `node --import tsx --test --test-timeout=${HANG_GUARD} ${testGlobs(tests).join(' ')}`,
      },
      dependencies: sorted(runtime),
      devDependencies: sorted([...types, ...tools]),
    },
    null,
    2,
  )}\n`;
}

export function tsconfig(root: string, files: string[]): string {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const sources = files.filter((file) => file.endsWith('.ts'));
  config.include = [...new Set(sources.map((file) => file.split('/')[0] ?? ''))].sort();
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** pnpm asks which packages may run code of theirs when they are installed; esbuild, inside tsx, has to. */
export function pnpmWorkspace(): string {
  return `allowBuilds:
  esbuild: true
  protobufjs: false
`;
}

/** What a file says of itself: the comment on its first line. */
function roleOf(root: string, pattern: string, file: string): string {
  const [first = ''] = readFileSync(join(root, folderOf(pattern) ?? '', file), 'utf8').split('\n');
  return first.startsWith('// ') ? first.slice(3) : '';
}

export function readme(
  root: string,
  pattern: string,
  name: string,
  scripts: Record<string, string>,
  files: string[],
): string {
  const [title = '', , ...lines] = readFileSync(
    join(root, folderOf(pattern) ?? '', 'README.md'),
    'utf8',
  ).split('\n');
  const about = lines
    .slice(0, lines.indexOf(''))
    .join('\n')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
  const started = Object.keys(scripts).filter((script) => script.includes(':'));
  const commands = [
    'npm install',
    ...started.map((script) => `npm run ${script}`),
    'npm run check',
    'npm test',
  ];
  const own = files.filter((file) => /^src\/[^/]+\.ts$/.test(file) && !file.endsWith('.test.ts'));
  const folders = [
    ['src/grpc-iterables', 'grpc-js calls as async iterables, correct however a call ends'],
    ['src/cli', 'options, Ctrl-C and exit codes of the programs; `testing.ts` starts programs in tests'],
    ['src/errors', 'typed details beside a status'],
    [
      'proto',
      'the contract: put your .proto here, list it in `files.ts` and export its service from `index.ts`',
    ],
  ].filter(([folder]) => files.some((file) => file.startsWith(`${folder}/`)));
  const steps = [
    'Put your logic in place of ours: it is in the files that import nothing of gRPC.',
    ...(scripts.generate
      ? [
          'Write your .proto beside ours in `proto/`, list it in `proto/files.ts`, export its service from `proto/index.ts`, and run `npm run generate`.',
          'Make `src/service.ts` and the two programs speak it: types say what is missing, but for the fields of a request. All of them are optional, and one that is not set arrives as 0 or empty.',
          'Rename: `name`, `serving` and `port` in the programs, the scripts in `package.json`.',
          'Delete what is ours in `proto/`, and run `npm run generate`, `npm run check` and `npm test` again.',
        ]
      : []),
  ];
  return `# ${name}

${title.replace(/^# /, '')}. ${about}

\`\`\`console
${commands.map((command) => `$ ${command}`).join('\n')}
\`\`\`

pnpm and yarn do as well. Where programs mention \`pnpm NAME:server\`, it is the script of that name.

${own.map((file) => `- \`${file}\` ${roleOf(root, pattern, file)}`.trimEnd()).join('\n')}
${folders.map(([folder, text]) => `- \`${folder}/\` ${text}`).join('\n')}

## Make it yours

${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}
`;
}
