import { readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { refreshed, shownRegions, unmarkedBlocks } from './docs-blocks.ts';
import { brokenDiagrams } from './docs-diagrams.ts';
import { unfoundedFigures } from './docs-figures.ts';
import { brokenLinks, missingTests } from './docs-links.ts';
import { brokenPath } from './docs-path.ts';
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

export interface CheckOptions {
  /** Blocks are made current instead of reported. */
  write?: boolean;
  /** Only these files, as absolute paths; default: all below the folder. */
  only?: readonly string[];
  /** How many files are checked at the same time: most of the time goes into programs that they show. */
  atOnce?: number;
  /** Called as each file is done. */
  onFile?: (done: FileFindings, total: number) => void;
}

/** What is wrong with one file. */
export interface FileFindings {
  readonly file: string;
  readonly faults: string[];
  readonly seconds: number;
}

/** All Markdown below a folder, sorted. */
export function markdownBelow(root: string): string[] {
  return filesBelow(root)
    .filter((file) => file.endsWith('.md'))
    .sort();
}

/** Compares Markdown with the code and the programs that it shows. */
export async function checkDocs(
  root: string,
  { write = false, only, atOnce = 1, onFile = () => {} }: CheckOptions = {},
): Promise<Findings> {
  const files = only ?? markdownBelow(root);
  const scripts = await scriptsIn(root);
  const found = new Map<string, FileFindings>();
  const shown: string[] = [];
  const waiting = files.values();

  async function checkWaiting(): Promise<void> {
    for (const file of waiting) {
      const started = performance.now();
      const text = await readFile(file, 'utf8');
      shown.push(...shownRegions(text, dirname(file)));
      const faults = (await faultsOf(file, text)).map((fault) => `${relative(root, file)}: ${fault}`);
      const done = { file: relative(root, file), faults, seconds: (performance.now() - started) / 1000 };
      found.set(file, done);
      onFile(done, files.length);
    }
  }

  async function faultsOf(file: string, text: string): Promise<string[]> {
    const faults: string[] = [];
    try {
      const fresh = await refreshed(text, dirname(file), root);
      if (fresh !== text && write) await writeFile(file, fresh);
      else if (fresh !== text) faults.push(staleBlock(text, fresh));
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
    faults.push(...unmarkedBlocks(text));
    for (const link of await brokenLinks(text, file)) faults.push(`nothing at ${link}`);
    faults.push(...(await missingTests(text, file)));
    for (const diagram of await brokenDiagrams(text)) faults.push(`a diagram does not parse: ${diagram}`);
    for (const figure of unfoundedFigures(text, scripts))
      faults.push(`no command is named for the figure in: ${figure}`);
    return faults;
  }

  await Promise.all(Array.from({ length: atOnce }, checkWaiting));
  const faults = files.flatMap((file) => found.get(file)?.faults ?? []);
  // Whether a region is shown anywhere only all files can say.
  if (!only)
    for (const unused of await unusedRegions(root, new Set(shown)))
      faults.push(`${unused}: no Markdown file shows it`);
  faults.push(...(await brokenPath(root)));
  return { files: files.length, faults };
}

/** Where a file first differs from what its blocks are copies of. */
function staleBlock(text: string, fresh: string): string {
  const [is, shouldBe] = [text.split('\n'), fresh.split('\n')];
  const index = is.findIndex((line, at) => line !== shouldBe[at]);
  return `line ${index + 1} is ${JSON.stringify(is[index])} and should be ${JSON.stringify(shouldBe[index])}; run "pnpm docs:write"`;
}
