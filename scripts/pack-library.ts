// `pnpm package NAME`: packs a library as package.tgz in its folder. The README in it has only links that lead somewhere there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { filesBelow } from './files.ts';
import { pnpmCommand } from './pnpm.ts';
import { folderOf, root } from './workspace.ts';

const LINK = /\[([^\]]*)\]\(([^)\s]+)\)/g;

/**
 * Markdown without the links that lead out of the package, whose texts stay.
 *
 * @param files the files in the package, as paths from its root
 */
export function withPackedLinks(markdown: string, files: readonly string[]): string {
  return markdown.replace(LINK, (whole, text: string, link: string) => {
    const isElsewhere = /^(?:[a-z]+:|#)/.test(link);
    // Another library is in the folder beside this one, wherever both are installed.
    const isLibrary = /^\.\.\/(?:grpc-iterables|http2-channel)\/README\.md/.test(link);
    const [path = ''] = link.split('#');
    return isElsewhere || isLibrary || files.includes(posix.normalize(path)) ? whole : text;
  });
}

/** Packs the library of this name. @returns the tarball */
export function packLibrary(name: string): string {
  const folder = join(root, folderOf(name) ?? '');
  const temporary = mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    const tarball = join(temporary, 'package.tgz');
    const [program, args] = pnpmCommand(['pack', '--out', tarball]);
    execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('tar', ['-xzf', tarball, '-C', temporary]);
    const unpacked = join(temporary, 'package');
    const files = filesBelow(unpacked).map((file) => file.slice(unpacked.length + 1));
    const readme = join(unpacked, 'README.md');
    writeFileSync(readme, withPackedLinks(readFileSync(readme, 'utf8'), files));
    // Beside its place first: another process may read the tarball now.
    const fresh = join(folder, `package-${process.pid}.tgz`);
    execFileSync('tar', ['-czf', fresh, '-C', temporary, 'package']);
    renameSync(fresh, join(folder, 'package.tgz'));
  } finally {
    rmSync(temporary, { recursive: true });
  }
  return join(folder, 'package.tgz');
}
