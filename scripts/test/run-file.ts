import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { FileEvent } from './events-reporter.ts';

/** What came of a test file. */
export interface FileResult {
  readonly file: string;
  readonly passed: boolean;
  /** Node's own counts, such as `tests`, `pass` and `skipped`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly skipped: readonly { name: string; reason: string }[];
  readonly seconds: number;
  /** All that it printed, in the form of Node's `spec` reporter. */
  readonly output: string;
}

// Only against a file that hangs; in milliseconds.
const HANG_GUARD = 240_000;
const reporter = new URL('./events-reporter.ts', import.meta.url).href;

/**
 * Runs one test file in a process of its own.
 *
 * @param notes a file that the process writes what it counted to
 */
export async function runFile(file: string, root: string, notes: string): Promise<FileResult> {
  const started = performance.now();
  const reporters = [
    ['spec', 'stdout'],
    [reporter, notes],
  ].flatMap(([name, destination]) => [
    `--test-reporter=${name}`,
    `--test-reporter-destination=${destination}`,
  ]);
  // A test that runs tests must not be taken for one of them.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', ...reporters, file], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const guard = setTimeout(() => {
    output += `\n${file} did not end within ${HANG_GUARD / 1000} seconds\n`;
    child.kill('SIGKILL');
  }, HANG_GUARD);
  const [exitCode] = await once(child, 'close');
  clearTimeout(guard);

  const events = await eventsIn(notes);
  const counts = new Map(events.flatMap((event) => ('count' in event ? [[event.count, event.of]] : [])));
  return {
    file,
    passed: exitCode === 0 && counts.has('tests'),
    counts,
    skipped: events.flatMap((event) =>
      'skipped' in event ? [{ name: event.skipped, reason: event.reason }] : [],
    ),
    seconds: (performance.now() - started) / 1000,
    output,
  };
}

async function eventsIn(notes: string): Promise<FileEvent[]> {
  const text = await readFile(notes, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
