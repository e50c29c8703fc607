// Where the packages of the workspace are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project, with a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The folders that packages are in: patterns to copy, the libraries below them, and what measures and checks them. */
export const GROUPS = ['packages', 'libraries', 'tools'] as const;

/** The folder of a package, as a path from the root such as `libraries/http2-channel`; undefined if there is none. */
export function folderOf(name: string): string | undefined {
  return GROUPS.map((group) => `${group}/${name}`).find((folder) =>
    existsSync(join(root, folder, 'package.json')),
  );
}
