import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { filesBelow } from './files.ts';

const MARK = /^\s*\/\/ #(?:end)?region /;
const SOURCE = /\.(ts|proto|go)$/;

/** A region of a file, without its indentation; without a name the whole file. */
export async function region(source: string, folder: string): Promise<string> {
  const [path = '', name] = source.split('#');
  const lines = (await readFile(`${folder}/${path}`, 'utf8')).trimEnd().split('\n');
  if (name === undefined) return lines.join('\n');
  const first = lines.findIndex((line) => line.trim() === `// #region ${name}`);
  const last = lines.findIndex((line) => line.trim() === `// #endregion ${name}`);
  if (first < 0 || last < first) throw new Error(`no region ${name} in ${path}`);
  const inside = lines.slice(first + 1, last).filter((line) => !MARK.test(line));
  if (inside.every((line) => line.trim() === '')) throw new Error(`region ${name} in ${path} is empty`);
  const indents = inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  // gofmt wants a blank line before the comment that ends a region.
  return inside
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd();
}

/**
 * The regions below a folder that no Markdown file shows.
 *
 * @param shown all that is shown, each as `absolute path#region`
 */
export async function unusedRegions(root: string, shown: ReadonlySet<string>): Promise<string[]> {
  const files = filesBelow(root).filter((file) => SOURCE.test(file));
  const unused = await Promise.all(
    files.map(async (file) => {
      const names = (await readFile(file, 'utf8')).matchAll(/^\s*\/\/ #region (\S+)$/gm);
      return [...names].map(([, name]) => `${file}#${name}`).filter((name) => !shown.has(name));
    }),
  );
  return unused.flat().map((name) => relative(root, name));
}
