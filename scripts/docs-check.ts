import { readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { refreshed, shownRegions, unmarkedBlocks } from './docs-blocks.ts';
import { brokenDiagrams } from './docs-diagrams.ts';
import { unfoundedFigures } from './docs-figures.ts';
import { brokenLinks, missingTests } from './docs-links.ts';
import { unusedRegions } from './docs-regions.ts';
import { filesBelow } from './files.ts';

export interface Findings {
  files: number;
  faults: string[];
}

async function scriptsIn(root: string): Promise<Set<string>> {
  const { scripts = {} } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
  return new Set(Object.keys(scripts));
}

/**
 * Holds all Markdown below a folder against the code and the programs that it shows.
 *
 * @param write whether blocks are mended instead of reported
 */
export async function checkDocs(root: string, write = false): Promise<Findings> {
  const files = filesBelow(root)
    .filter((file) => file.endsWith('.md'))
    .sort();
  const scripts = await scriptsIn(root);
  const faults: string[] = [];
  const shown: string[] = [];
  for (const file of files) {
    const fault = (text: string) => faults.push(`${relative(root, file)}: ${text}`);
    const text = await readFile(file, 'utf8');
    shown.push(...shownRegions(text, dirname(file)));
    try {
      const fresh = await refreshed(text, dirname(file), root);
      if (fresh !== text && write) await writeFile(file, fresh);
      else if (fresh !== text) fault('a block is not what it shows; run "pnpm docs:write"');
    } catch (error) {
      fault(error instanceof Error ? error.message : String(error));
    }
    for (const block of unmarkedBlocks(text)) fault(block);
    for (const link of await brokenLinks(text, file)) fault(`nothing at ${link}`);
    for (const missing of await missingTests(text, file)) fault(missing);
    for (const diagram of await brokenDiagrams(text)) fault(`a diagram does not parse: ${diagram}`);
    for (const figure of unfoundedFigures(text, scripts))
      fault(`no command is named for the figure in: ${figure}`);
  }
  for (const unused of await unusedRegions(root, new Set(shown)))
    faults.push(`${unused}: no Markdown file shows it`);
  return { files: files.length, faults };
}
