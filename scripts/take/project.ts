// What makes a folder of sources a project: package.json, tsconfig.json and a README of one page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
      ([script, command]) => command.includes(`packages/${pattern}/`) && /:(server|client)$/.test(script),
    )
    .map(([script, command]) => [script, command.replace(`packages/${pattern}/`, '')]);
}

export function manifest(
  root: string,
  pattern: string,
  name: string,
  { dependencies }: Collection,
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
        test: `node --import tsx --test --test-timeout=${HANG_GUARD} ${tests.join(' ')}`,
      },
      dependencies: sorted(runtime),
      devDependencies: sorted([...types, ...tools]),
    },
    null,
    2,
  )}\n`;
}

export function tsconfig(root: string, folders: string[]): string {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  config.include = ['proto', 'src', 'steps', 'test'].filter((folder) => folders.includes(folder));
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** What a file says of itself: the comment on its first line. */
function roleOf(root: string, pattern: string, file: string): string {
  const [first = ''] = readFileSync(join(root, 'packages', pattern, file), 'utf8').split('\n');
  return first.startsWith('// ') ? first.slice(3) : '';
}

export function readme(
  root: string,
  pattern: string,
  name: string,
  scripts: Record<string, string>,
  files: string[],
): string {
  const [title = '', , ...lines] = readFileSync(join(root, 'packages', pattern, 'README.md'), 'utf8').split(
    '\n',
  );
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
    ['src/grpc-iterables', 'grpc-js calls as async iterables, right at every ending'],
    ['src/cli', 'options, Ctrl-C and exit codes of the programs; `testing.ts` starts programs in tests'],
    ['src/errors', 'typed details beside a status'],
    [
      'proto',
      'the contract: put your .proto here, list it in `files.ts` and export its service from `index.ts`',
    ],
  ].filter(([folder]) => files.some((file) => file.startsWith(`${folder}/`)));
  const generate = `npx proto-loader-gen-types --longs=String --enums=String --defaults --oneofs --grpcLib=@grpc/grpc-js --importFileExtension=.ts --outDir=proto/gen --includeDirs proto -- YOUR.proto`;
  return `# ${name}

${title.replace(/^# /, '')}. ${about}

\`\`\`console
${commands.map((command) => `$ ${command}`).join('\n')}
\`\`\`

pnpm and yarn do as well. Where programs mention \`pnpm NAME:server\`, it is the script of that name.

${own.map((file) => `- \`${file}\` ${roleOf(root, pattern, file)}`.trimEnd()).join('\n')}
${folders.map(([folder, text]) => `- \`${folder}/\` ${text}`).join('\n')}

After a change of the contract write its types anew:

\`\`\`console
$ ${generate}
\`\`\`
`;
}
