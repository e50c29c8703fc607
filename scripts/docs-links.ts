import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const CODE = /```[\s\S]*?```|`[^`]*`/g;

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchors(markdown: string): Set<string> {
  const headings = markdown.replace(/```[\s\S]*?```/g, '').match(/^#+ .*$/gm) ?? [];
  return new Set(headings.map((heading) => anchorOf(heading.replace(/^#+ /, ''))));
}

/** The links of a Markdown file that stay within the project. */
export function linksWithin(markdown: string): string[] {
  return [...markdown.replace(CODE, '').matchAll(LINK)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** The links of a Markdown file to other files, and to headings, that lead nowhere. */
export async function brokenLinks(markdown: string, file: string): Promise<string[]> {
  const broken: string[] = [];
  for (const link of linksWithin(markdown)) {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : resolve(dirname(file), path);
    const found = await stat(target).catch(() => undefined);
    if (!found) broken.push(link);
    else if (anchor && found.isFile() && !anchors(await readFile(target, 'utf8')).has(anchor))
      broken.push(link);
  }
  return broken;
}

const TEST_LINK = /\[([^\]]+)\]\(([^)\s]+\.test\.ts)\)/g;

/** Links in tables, as those of endings have them, to a test by its name, whose file has no such test. */
export async function missingTests(markdown: string, file: string): Promise<string[]> {
  const missing: string[] = [];
  const rows = markdown.replace(CODE, '').match(/^\|.*$/gm) ?? [];
  for (const [, name = '', path = ''] of rows.join('\n').matchAll(TEST_LINK)) {
    if (name.endsWith('.ts')) continue;
    const text = await readFile(resolve(dirname(file), path), 'utf8').catch(() => '');
    // The kind of call before a name is a variable in the file.
    if (!text.includes(name.replace(/^(unary|download|upload|exchange): /, '')))
      missing.push(`no test "${name}" in ${path}`);
  }
  return missing;
}
