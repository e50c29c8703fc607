// Which files of the workspace a pattern stands on, and where they go in a project of its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, type Imports, importsIn } from './imports.ts';
import type { Pattern } from './patterns.ts';

// What is tested beside programs in other languages or of other patterns, or by the stress harness, stays behind, with what
// it needs.
const LEFT_BEHIND = /from 'stress\/|grpc-iterables\/test\/|foreign\.py|\bpython\b|new URL\(`\.\.\/\.\.\//;
/** Programs that only tests start, and measurements. They come along if a test needs them. */
const BESIDE = /\/(?:test|bench)\//;
/** What a program does not need when it runs. */
export const FOR_DEVELOPMENT = /\.test\.ts$|(?:^|\/)(?:test|bench)\/|\/(?:testing|demo)\.ts$/;

/** The files of a pattern by their paths in the workspace, and what they need from the npm registry. */
export interface Collection {
  /** Source path to its path in the project. */
  readonly files: ReadonlyMap<string, string>;
  /** The paths in the project of what is needed to run: without tests, measurements, demos, and what only those import. */
  readonly running: ReadonlySet<string>;
  /** npm packages, each with its version range. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Those that only tests, measurements and demos import. */
  readonly devDependencies: ReadonlyMap<string, string>;
  /** What is imported from `proto`. */
  readonly services: ReadonlySet<string>;
  /** The part of it that is needed to run. */
  readonly runningServices: ReadonlySet<string>;
  /** The libraries that are taken as packages. */
  readonly packed: ReadonlySet<string>;
  /** Those of them that are needed to run. */
  readonly runningPacked: ReadonlySet<string>;
}

/**
 * Where a file of the workspace goes. A package goes to the top, a part of one into `src`, and what they stand on into folders
 * of `src`.
 */
function targetOf(source: string, { folder, package: own, isPart }: Pattern): string {
  const [, owner = '', rest = ''] = /^(?:packages|libraries|tools)\/([^/]+)\/(.+)$/.exec(source) ?? [];
  if (owner === '') return source;
  if (owner === own && !isPart) return rest;
  if (source.startsWith(`${folder}/`)) return `src${source.slice(folder.length)}`;
  const inside = rest.replace(/^src\//, '');
  return owner === own ? `src/${inside}` : `src/${owner}/${inside}`;
}

/**
 * Follows the imports of a pattern's programs and tests.
 *
 * @param root the workspace
 * @param asPackages the libraries that are not followed, because they are taken as packages; all others come with their tests
 */
export function collect(root: string, pattern: Pattern, asPackages: readonly string[]): Collection {
  const files = new Map<string, string>();
  const importsOf = new Map<string, Imports>();

  function add(source: string): void {
    if (files.has(source) || !existsSync(join(root, source))) return;
    if (source.endsWith('/')) {
      for (const file of filesBelow(root, source)) add(file);
      return;
    }
    const target = targetOf(source, pattern);
    const [other] = [...files].find(([, taken]) => taken === target) ?? [];
    if (other !== undefined) throw new Error(`${other} and ${source} would both be ${target}`);
    files.set(source, target);
    if (!source.endsWith('.ts')) return;
    const imports = importsIn(root, source, asPackages);
    importsOf.set(source, imports);
    for (const file of imports.files) add(file);
  }
  const staysBehind = (file: string) => LEFT_BEHIND.test(readFileSync(join(root, file), 'utf8'));

  const own = ownFiles(root, pattern).filter((file) => !staysBehind(file));
  for (const file of own) add(file);
  if (asPackages.length === 0) {
    for (const library of librariesIn(files)) {
      const tests = filesBelow(root, `${library}/src`).filter((file) => file.endsWith('.test.ts'));
      for (const file of tests) if (!staysBehind(file)) add(file);
    }
  }

  const all = [...importsOf.values()];
  const programs = own.filter((file) => !FOR_DEVELOPMENT.test(file));
  const reached = [...reachedFrom(programs, importsOf)];
  const running = reached.flatMap((file) => importsOf.get(file) ?? []);
  return {
    files,
    running: new Set(reached.flatMap((file) => files.get(file) ?? [])),
    services: new Set(all.flatMap(({ services }) => services)),
    runningServices: new Set(running.flatMap(({ services }) => services)),
    packed: new Set(all.flatMap(({ packed }) => packed)),
    runningPacked: new Set(running.flatMap(({ packed }) => packed)),
    ...dependenciesOf(root, all, running),
  };
}

/** The programs and tests of a pattern, without what only those start. */
function ownFiles(root: string, { folder, isPart }: Pattern): string[] {
  const folders = isPart
    ? [folder]
    : ['src', 'steps', ...chaptersIn(join(root, folder))].map((name) => `${folder}/${name}`);
  return folders
    .flatMap((one) => filesBelow(root, one))
    .filter((file) => file.endsWith('.ts') && !BESIDE.test(file));
}

/** Folders of a package that are chapters of their own. */
function chaptersIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'README.md')));
}

/** The folders of the libraries that files are of; those that come in while they are read, too. */
function* librariesIn(files: ReadonlyMap<string, string>): Generator<string> {
  const seen = new Set<string>();
  for (const source of files.keys()) {
    const [library] = /^libraries\/[^/]+/.exec(source) ?? [];
    if (library === undefined || seen.has(library)) continue;
    seen.add(library);
    yield library;
  }
}

/** These files and all that they import, and so on. */
function reachedFrom(files: string[], importsOf: ReadonlyMap<string, Imports>): Set<string> {
  const reached = new Set(files);
  // A set hands out what is added while it is read.
  for (const file of reached) for (const imported of importsOf.get(file)?.files ?? []) reached.add(imported);
  return reached;
}

const GRPC = '@grpc/grpc-js';
const LOADER = '@grpc/proto-loader';

/** The npm packages, divided into what `running` needs and the rest. */
function dependenciesOf(root: string, all: Imports[], running: Imports[]) {
  const { dependencies: ofProto } = JSON.parse(readFileSync(join(root, 'proto/package.json'), 'utf8'));
  const withProto = (imports: Imports[]): [string, string][] => {
    const loads = imports.some(({ services }) => services.length > 0);
    const calls = loads || imports.some(({ packed }) => packed.length > 0);
    const added = [...(loads ? [LOADER] : []), ...(calls ? [GRPC] : [])];
    return [
      ...imports.flatMap(({ npm }) => npm),
      ...added.map((name): [string, string] => [name, ofProto[name]]),
    ];
  };
  const dependencies = new Map(withProto(running).filter(([name]) => !name.startsWith('@types/')));
  const devDependencies = new Map(withProto(all).filter(([name]) => !dependencies.has(name)));
  return { dependencies, devDependencies };
}
