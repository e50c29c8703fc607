// What can be taken: a package, or a part of one, which is a folder that has a chapter and a demo of its own.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, root } from '../workspace.ts';

export interface Pattern {
  /** `watch`, or `production/auth` for a part of a package. */
  readonly name: string;
  /** `watch`, or `production`. */
  readonly package: string;
  /** Its own files, as a path from the root: `packages/production/auth`. */
  readonly folder: string;
  readonly isPart: boolean;
}

/** Serves the patterns and is not one. */
const NO_PATTERN = ['upstream'];

const DEMO = 'demo.ts';
const CHAPTER = 'README.md';

/** All patterns, each followed by its parts. */
export function findPatterns(): Pattern[] {
  const packages = ['packages', 'libraries'].flatMap((group) => readdirSync(join(root, group)));
  return packages
    .filter((name) => !NO_PATTERN.includes(name) && folderOf(name) !== undefined)
    .sort()
    .flatMap((name) => {
      const folder = folderOf(name) ?? '';
      const parts = readdirSync(join(root, folder)).filter((part) => isPart(join(root, folder, part)));
      return [
        { name, package: name, folder, isPart: false },
        ...parts.map((part) => ({
          name: `${name}/${part}`,
          package: name,
          folder: `${folder}/${part}`,
          isPart: true,
        })),
      ];
    });
}

function isPart(folder: string): boolean {
  return [DEMO, CHAPTER].every((file) => existsSync(join(folder, file)));
}

/** Why a name is refused, with the names that the user may have meant. */
export function notFound(wanted: string, patterns: Pattern[]): string {
  const [first = ''] = wanted.split('/');
  const meant = patterns.filter(
    ({ name, package: owner, isPart }) => isPart && (owner === first || name.endsWith(`/${wanted}`)),
  );
  if (meant.length === 0) return `no pattern "${wanted}"`;
  const names = meant.map(({ name }) => name).join(', ');
  return `no pattern "${wanted}"; there ${meant.length === 1 ? 'is' : 'are'} ${names}`;
}
