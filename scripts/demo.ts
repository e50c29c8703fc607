// `pnpm demo`: runs every pair of server and client, or those that are named, and shows what both print.
import { parseArgs, styleText } from 'node:util';
import { type Demo, findDemos } from './demos.ts';
import { type Outcome, runPair, type Side } from './run-pair.ts';

const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const COLOURS = { server: 'cyan', client: 'green' } as const;

function print(side: Side, line: string): void {
  const label = `${side} │`;
  console.log(`${coloured ? styleText(COLOURS[side], label) : label} ${line}`);
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function summary(outcomes: Outcome[]): string {
  return table([
    ['pattern', 'messages', 'ended'],
    ...outcomes.map(({ name, messages, ending }) => [name, messages, ending]),
  ]);
}

function chosen(demos: Demo[], names: string[]): Demo[] {
  const unknown = names.find((name) => !demos.some((demo) => demo.name === name));
  if (unknown !== undefined) {
    console.error(`no demo "${unknown}"; there are: ${demos.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  return names.length === 0 ? demos : demos.filter(({ name }) => names.includes(name));
}

const { values, positionals } = parseArgs({
  options: { list: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const demos = await findDemos();
if (values.list) {
  console.log(table(demos.map(({ name, shows }) => [name, shows])));
} else {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const outcomes: Outcome[] = [];
  for (const demo of chosen(demos, positionals)) {
    if (interrupt.signal.aborted) break;
    console.log(`\n${demo.name}: ${demo.shows}`);
    outcomes.push(await runPair(demo, print, interrupt.signal));
  }
  console.log(`\n${summary(outcomes)}`);
  if (interrupt.signal.aborted) process.exitCode = 130;
  else if (outcomes.some(({ ending }) => ending !== 'complete')) process.exitCode = 1;
}
