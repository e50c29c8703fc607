// `pnpm docs:check` compares every Markdown file with the code and the programs that it shows, `pnpm docs:write` makes the blocks
// current. Both take files and parts of paths: `pnpm docs:check packages/chat` is done in seconds.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDocs, type FileFindings, markdownBelow } from './docs-check.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--write');
const all = markdownBelow(root);
const matches = (file: string, part: string) =>
  all.some((one) => relative(root, one) === part) ? file === part : file.includes(part);
const chosen = all.filter((file) => wanted.some((part) => matches(relative(root, file), part)));
if (wanted.length > 0 && chosen.length === 0) {
  console.error(`no Markdown file matches ${wanted.join(' ')}`);
  process.exit(2);
}

// The programs that a file shows wait more than they compute.
const AT_ONCE = 3;
const time = wanted.length === 0 ? ', about a minute on two cores' : '';
console.log(`${wanted.length === 0 ? all.length : chosen.length} Markdown files${time}`);

let done = 0;
function print({ file, faults, seconds }: FileFindings, total: number): void {
  done++;
  const mark = faults.length === 0 ? '✔' : '✖';
  console.log(
    `${String(done).padStart(String(total).length)}/${total} ${mark} ${file}: ${seconds.toFixed(1)} s`,
  );
}
const { files, faults } = await checkDocs(root, {
  write: args.includes('--write'),
  atOnce: AT_ONCE,
  onFile: print,
  ...(wanted.length > 0 ? { only: chosen } : {}),
});
for (const fault of faults) console.error(fault);
console.log(`${files} Markdown files, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
