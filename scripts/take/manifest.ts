// What makes a folder of sources a project: package.json, tsconfig.json, and what the build needs.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Collection, FOR_DEVELOPMENT } from './collect.ts';
import { type Packed, withNeeded } from './packed.ts';
import type { Pattern } from './patterns.ts';
import type { ScriptNames } from './texts.ts';

interface RootManifest {
  engines: Record<string, string>;
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
}

const HANG_GUARD = 240_000;
// Otherwise the files of a contract that was deleted stay in dist/.
const REMOVE_BUILT = 'node --eval "fs.rmSync(\'dist\', { recursive: true, force: true })"';

function rootManifest(root: string): RootManifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The scripts of the workspace that run a file of the project, and what they are called there. */
export function scriptNames(root: string, pattern: Pattern, { files }: Collection): ScriptNames {
  const scripts = Object.entries(rootManifest(root).scripts);
  const here = scripts.filter(([, command]) => files.has(programOf(command)));
  return new Map(here.map(([script]) => [script, shortName(script, pattern)]));
}

const programOf = (command: string) => /^tsx (\S+)/.exec(command)?.[1] ?? '';

/** `server` for `watch:server` of `watch`, and `demo` for `production:auth` of `production/auth`. */
function shortName(script: string, { name, package: owner }: Pattern): string {
  if (script === name.replace('/', ':')) return 'demo';
  return script.startsWith(`${owner}:`) ? script.slice(owner.length + 1) : script;
}

/** The programs of the project, by the names of their scripts. */
function programs(root: string, { files }: Collection, names: ScriptNames): [string, string][] {
  const { scripts } = rootManifest(root);
  return [...names].map(([script, name]) => {
    const command = scripts[script] ?? '';
    const program = programOf(command);
    return [name, command.replace(program, files.get(program) ?? program)];
  });
}

/** The folders that tests are in, so that one more is found. */
function testGlobs(tests: string[]): string[] {
  return [...new Set(tests.map((file) => `${dirname(file)}/*.test.ts`))];
}

/** What runs a program after the build. */
export const built = (command: string) => command.replace(/^tsx (\S+)\.ts/, 'node dist/$1.js');

/** @param files all of the project, as paths in it */
export function manifest(
  root: string,
  name: string,
  collection: Collection,
  { names, packages, files }: { names: ScriptNames; packages: Packed[]; files: string[] },
): string {
  const { engines, devDependencies } = rootManifest(root);
  const { dependencies, services } = collection;
  const runningPacked = withNeeded(collection.runningPacked);
  const local = (isRunning: boolean) =>
    packages
      .filter(({ name: library }) => runningPacked.has(library) === isRunning)
      .map(({ name: library, file }) => [library, `file:${file}`] as const);
  const tools = ['@types/node', 'tsx', 'typescript'].map(
    (tool) => [tool, devDependencies[tool] ?? '*'] as const,
  );
  const sorted = (entries: (readonly [string, string])[]) =>
    Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)));
  const started = programs(root, collection, names);
  const server = started.find(([script]) => script === 'server');
  const tests = files.filter((file) => file.endsWith('.test.ts')).sort();
  const project = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines,
    scripts: {
      ...Object.fromEntries(started),
      ...(server ? { start: built(server[1]) } : {}),
      check: 'tsc --noEmit',
      build: `${REMOVE_BUILT} && tsc -p tsconfig.build.json && node copy-assets.mjs`,
      ...(services.size > 0 ? { generate: 'tsx proto/generate.ts' } : {}),
      test: `node --import tsx --test --test-timeout=${HANG_GUARD} ${testGlobs(tests).join(' ')}`,
    },
    dependencies: sorted([...dependencies, ...local(true)]),
    devDependencies: sorted([...collection.devDependencies, ...local(false), ...tools]),
  };
  return `${JSON.stringify(project, null, 2)}\n`;
}

/** The first folders of all sources. */
export function sourceFolders(files: string[]): string[] {
  const sources = files.filter((file) => file.endsWith('.ts'));
  return [...new Set(sources.map((file) => file.split('/')[0] ?? ''))].sort();
}

export function tsconfig(root: string, files: string[]): string {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  config.include = sourceFolders(files);
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * What is needed to run, to JavaScript in dist/. The rest is excluded by name, so that a file that is added is built.
 *
 * @param files all of the project, as paths in it
 */
export function buildConfig(files: string[], running: ReadonlySet<string>): string {
  const sources = files.filter((file) => file.endsWith('.ts'));
  const rest = sources.filter((file) => !running.has(file) && !FOR_DEVELOPMENT.test(file));
  const isUnused = (folder: string) =>
    !sources.some((file) => file.startsWith(`${folder}/`) && running.has(file));
  const unused = new Set(rest.map((file) => (isUnused(dirname(file)) ? dirname(file) : file)));
  const isInside = (path: string) => [...unused].some((folder) => path.startsWith(`${folder}/`));
  const config = {
    extends: './tsconfig.json',
    compilerOptions: {
      noEmit: false,
      rewriteRelativeImportExtensions: true,
      rootDir: '.',
      outDir: 'dist',
    },
    include: sourceFolders(files),
    exclude: [
      '**/*.test.ts',
      '**/test/**',
      '**/bench/**',
      '**/testing.ts',
      '**/demo.ts',
      ...[...unused].filter((path) => !isInside(path)),
    ],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

export function copyAssets(files: string[]): string {
  const folders = sourceFolders(files).map((folder) => `'${folder}'`);
  return `// The second half of \`npm run build\`: copies what programs read when they run, such as .proto files, to dist/.
import { cpSync } from 'node:fs';

for (const folder of [${folders.join(', ')}]) {
  cpSync(folder, \`dist/\${folder}\`, { recursive: true, filter: (file) => !file.endsWith('.ts') });
}
`;
}

/**
 * What pnpm has to know: esbuild, inside tsx, has to run code of its own when it is installed. And a package in vendor/ that
 * needs another one finds that one there.
 */
export function pnpmWorkspace(packages: Packed[]): string {
  const overrides = packages.map(({ name, file }) => `  ${name}: file:${file}\n`).join('');
  return `allowBuilds:
  esbuild: true
  protobufjs: false
${overrides && `overrides:\n${overrides}`}`;
}
