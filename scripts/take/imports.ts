// What a file of the workspace refers to.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { folderOf } from '../workspace.ts';

/** A module specifier, or a path in `new URL('…', import.meta.url)`. */
export const REFERENCE = /(?:\bfrom |^import |\bnew URL\()'([^'`$]+)'/gm;

export interface Imports {
  /** Files and folders of the workspace. */
  readonly files: string[];
  /** npm packages, each with its version range. */
  readonly npm: [name: string, range: string][];
  /** Libraries that are taken as packages. */
  readonly packed: string[];
  /** Names from `proto`. */
  readonly services: string[];
}

interface Manifest {
  exports?: string | Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const manifestOf = (root: string, folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** @param asPackages the libraries that are not followed */
export function importsIn(root: string, source: string, asPackages: readonly string[]): Imports {
  const imports: Imports = { files: [], npm: [], packed: [], services: [] };
  const text = readFileSync(join(root, source), 'utf8');
  for (const [, reference = ''] of text.matchAll(REFERENCE)) {
    if (reference.startsWith('node:')) continue;
    const found = resolved(root, source, reference);
    if (asPackages.includes(reference)) imports.packed.push(reference);
    else if (found === undefined) imports.npm.push(...fromNpm(root, source, reference));
    else if (found === 'proto/index.ts') imports.services.push(...importedFromProto(text));
    else imports.files.push(found);
  }
  return imports;
}

/** A package from npm and the package of its types, with the versions that the importer's package.json has. */
function fromNpm(root: string, importer: string, specifier: string): [string, string][] {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const [owner = '.'] = /^(?:(?:packages|libraries|tools)\/[^/]+|proto)/.exec(importer) ?? [];
  const { dependencies, devDependencies } = manifestOf(root, owner);
  const types = `@types/${name}`;
  const all = { ...devDependencies, ...dependencies };
  if (all[name] === undefined)
    throw new Error(`${importer} imports ${name}, which its package does not depend on`);
  return [name, types].flatMap((one) => (all[one] === undefined ? [] : [[one, all[one]]]));
}

/** The file of the workspace that a specifier means; undefined for a package from npm. */
export function resolved(root: string, importer: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(importer), specifier));
  const [name = '', ...rest] = specifier.split('/');
  const folder = name === 'proto' ? name : folderOf(name);
  if (folder === undefined) return undefined;
  const { exports = {} } = manifestOf(root, folder);
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
