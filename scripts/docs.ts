// `pnpm docs:check` holds every README against the code and the programs that it shows; `pnpm docs:write` mends it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refreshed } from './docs-blocks.ts';
import { brokenLinks } from './docs-links.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function markdownFiles(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !/node_modules|\/\./.test(path.slice(root.length)))
    .sort();
}

const write = process.argv.includes('--write');
const files = await markdownFiles();
const wrong: string[] = [];
for (const file of files) {
  const name = relative(root, file);
  const text = await readFile(file, 'utf8');
  try {
    const fresh = await refreshed(text, dirname(file));
    if (fresh !== text) {
      if (write) await writeFile(file, fresh);
      else wrong.push(`${name}: a block is not what it shows; run "pnpm docs:write"`);
    }
    for (const link of await brokenLinks(fresh, file)) wrong.push(`${name}: nothing at ${link}`);
  } catch (error) {
    wrong.push(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}
for (const line of wrong) console.error(line);
console.log(`${files.length} Markdown files, ${wrong.length} faults`);
process.exitCode = wrong.length === 0 ? 0 : 1;
