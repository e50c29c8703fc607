import type { FileResult } from './run-file.ts';

const count = ({ counts }: FileResult, name: string) => counts.get(name) ?? 0;

/** One line for a file that has ended, and all that it printed if it failed. */
export function lineOf(result: FileResult): string {
  const { file, passed, skipped, seconds, output } = result;
  const tests = `${count(result, 'tests')} ${count(result, 'tests') === 1 ? 'test' : 'tests'}`;
  const left = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  const line = `${passed ? '✔' : '✖'} ${file}: ${tests}${left}, ${seconds.toFixed(1)} s`;
  return passed ? line : `${line}\n${output.trimEnd()}\n`;
}

/** What was skipped, by the reason: a reader sees what to install. Empty if nothing was. */
export function skippedText(results: readonly FileResult[]): string {
  const byReason = new Map<string, string[]>();
  for (const { file, skipped } of results) {
    for (const { name, reason } of skipped)
      byReason.set(reason, [...(byReason.get(reason) ?? []), `    ${file}: ${name}`]);
  }
  const parts = [...byReason].map(([reason, names]) => `  ${reason}\n${names.join('\n')}`);
  return parts.length === 0 ? '' : `skipped, and why:\n${parts.join('\n')}\n`;
}

/** The lines that end a run of Node's test runner, over all files. Suites that were skipped count as skipped, too. */
export function closingLines(results: readonly FileResult[], milliseconds: number): string {
  const sum = (of: (result: FileResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const total = (name: string) => `ℹ ${name} ${sum((result) => count(result, name))}`;
  return [
    ...['tests', 'suites', 'pass', 'fail', 'cancelled'].map(total),
    `ℹ skipped ${sum(({ skipped }) => skipped.length)}`,
    total('todo'),
    `ℹ duration_ms ${Math.round(milliseconds)}`,
  ].join('\n');
}
