// Which files of the workspace a pattern stands on, and where they go in a project of its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { folderOf } from '../workspace.ts';

/** A module specifier, or a path in `new URL('…', import.meta.url)`. */
const REFERENCE = /(?:\bfrom |^import |\bnew URL\()'([^'`$]+)'/gm;
// What is tested beside programs in other languages or of other patterns, or by the stress harness, stays behind, with what
// it needs.
const LEFT_BEHIND = /from 'stress\/|grpc-iterables\/test\/|foreign\.py|\bpython\b|new URL\(`\.\.\/\.\.\//;

/** The files of a pattern by their paths in the workspace, and what they need from the npm registry. */
export interface Collection {
  /** Source path to its path in the project. */
  readonly files: Map<string, string>;
  /** npm package to version range. */
  readonly dependencies: Map<string, string>;
  /** What is imported from `proto`. */
  readonly services: Set<string>;
  /** The libraries that are taken as packages. */
  readonly packed: Set<string>;
}

interface Manifest {
  exports?: string | Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Where a file of the workspace goes: the pattern to the top, what it stands on into folders of `src`. */
function targetOf(source: string, pattern: string): string {
  const [, name = '', rest = ''] = /^(?:packages|libraries|tools)\/([^/]+)\/(.+)$/.exec(source) ?? [];
  if (name === '') return source;
  if (name === pattern) return rest;
  return `src/${name}/${rest.replace(/^src\//, '')}`;
}

/**
 * Follows the imports of a package's programs and tests.
 *
 * @param root the workspace
 * @param pattern the name of a package
 * @param asPackages the libraries that are not followed, because they are taken as packages; all others come with their tests
 */
export function collect(root: string, pattern: string, asPackages: readonly string[]): Collection {
  const packed = new Set<string>();
  const files = new Map<string, string>();
  const dependencies = new Map<string, string>();
  const services = new Set<string>();
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`));
  const ownerOf = (source: string) =>
    (/^((?:packages|libraries|tools)\/[^/]+|proto)/.exec(source) ?? ['.'])[0] ?? '.';

  function addFromNpm(specifier: string, importer: string): void {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    const manifest = manifestOf(ownerOf(importer));
    const range = manifest.dependencies?.[name] ?? manifest.devDependencies?.[name];
    if (range === undefined)
      throw new Error(`${importer} imports ${name}, which its package does not depend on`);
    dependencies.set(name, range);
    const types = manifest.devDependencies?.[`@types/${name}`];
    if (types !== undefined) dependencies.set(`@types/${name}`, types);
  }

  function add(source: string): void {
    if (files.has(source) || !existsSync(join(root, source))) return;
    if (source.endsWith('/')) {
      for (const file of filesBelow(root, source)) add(file);
      return;
    }
    files.set(source, targetOf(source, pattern));
    if (!source.endsWith('.ts')) return;
    const text = read(source);
    for (const [, reference = ''] of text.matchAll(REFERENCE)) {
      if (reference.startsWith('node:')) continue;
      if (asPackages.includes(reference)) {
        packed.add(reference);
        continue;
      }
      const found = resolved(root, source, reference);
      if (found === undefined) addFromNpm(reference, source);
      else if (found === 'proto/index.ts') for (const name of importedFromProto(text)) services.add(name);
      else add(found);
    }
  }

  const own = folderOf(pattern);
  if (own === undefined) throw new Error(`no package ${pattern}`);
  for (const folder of ['src', 'steps', ...chaptersIn(join(root, own))]) {
    for (const file of filesBelow(root, `${own}/${folder}`)) {
      if (file.endsWith('.ts') && !LEFT_BEHIND.test(read(file))) add(file);
    }
  }
  if (asPackages.length === 0) for (const library of librariesIn(files)) addTestsOf(library);
  return { files, dependencies, services, packed };

  function addTestsOf(library: string): void {
    for (const file of filesBelow(root, `${library}/src`)) {
      if (file.endsWith('.test.ts') && !LEFT_BEHIND.test(read(file))) add(file);
    }
  }
}

/** The folders of the libraries that files are of; those that come in while they are read, too. */
function* librariesIn(files: Map<string, string>): Generator<string> {
  const seen = new Set<string>();
  for (const source of files.keys()) {
    const [library] = /^libraries\/[^/]+/.exec(source) ?? [];
    if (library === undefined || seen.has(library)) continue;
    seen.add(library);
    yield library;
  }
}

/** Folders of a package that are chapters of their own. */
function chaptersIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'README.md')));
}

/** The file of the workspace that a specifier means; undefined for a package from npm. */
export function resolved(root: string, importer: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(importer), specifier));
  const [name = '', ...rest] = specifier.split('/');
  const folder = name === 'proto' ? name : folderOf(name);
  if (folder === undefined) return undefined;
  const { exports = {} }: Manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  if (rest[0] === 'gen') return `${folder}/${rest.join('/')}.ts`;
  const key = rest.length === 0 ? '.' : `./${rest.join('/')}`;
  const target = typeof exports === 'string' ? exports : exports[key];
  return target === undefined ? `${folder}/${rest.join('/')}` : normalize(join(folder, target));
}

function importedFromProto(text: string): string[] {
  return [...text.matchAll(/import \{([^}]+)\} from 'proto'/g)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim().replace(/^type /, ''))
      .filter((name) => name !== ''),
  );
}

export function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'));
}

/** The text of a file with every reference to another file of the collection made right for its new place. */
export function rewritten(root: string, source: string, { files }: Collection, text: string): string {
  const target = files.get(source) ?? source;
  return text.replace(REFERENCE, (whole, reference: string) => {
    if (reference.startsWith('node:')) return whole;
    const found = resolved(root, source, reference);
    if (found === undefined) return whole;
    const goal = found.startsWith('proto/') ? found : (files.get(found) ?? targetFolder(found, files));
    if (goal === undefined) return whole;
    const path = (relative(dirname(target), goal) || '.') + (goal.endsWith('/') ? '/' : '');
    return whole.replace(reference, path.startsWith('.') ? path : `./${path}`);
  });
}

/** Where a folder goes: with the files that are in it. */
function targetFolder(folder: string, files: Map<string, string>): string | undefined {
  const [source, target] = [...files].find(([file]) => file.startsWith(folder)) ?? [];
  if (!folder.endsWith('/') || source === undefined) return undefined;
  return target?.slice(0, folder.length - source.length);
}
