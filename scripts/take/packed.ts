// The libraries as packages, for projects that install them instead of having their sources.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../files.ts';
import { packLibrary } from '../pack-library.ts';
import { folderOf } from '../workspace.ts';

/** A library as `pnpm pack` made it. */
export interface Packed {
  readonly name: string;
  readonly version: string;
  /** Its file in the project. */
  readonly file: string;
  readonly bytes: Buffer;
}

/** The libraries that can be installed, each with those that it needs. */
export const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  'grpc-iterables': ['http2-channel'],
  'http2-channel': [],
};

/** These libraries and those that they need. */
export function withNeeded(names: Iterable<string>): Set<string> {
  return new Set([...names].flatMap((name) => [name, ...(LIBRARIES[name] ?? [])]));
}

/** Packs these libraries and those that they need. */
export function packed(root: string, names: Iterable<string>): Packed[] {
  return [...withNeeded(names)].sort().map((name) => {
    const folder = join(root, folderOf(name) ?? '');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const tarball = join(folder, 'package.tgz');
    if (!isCurrent(tarball, folder)) packLibrary(name);
    return { name, version, file: `vendor/${name}-${version}.tgz`, bytes: readFileSync(tarball) };
  });
}

function isCurrent(tarball: string, folder: string): boolean {
  if (!existsSync(tarball)) return false;
  const { mtimeMs } = statSync(tarball);
  return filesBelow(folder).every((file) => file === tarball || statSync(file).mtimeMs < mtimeMs);
}
