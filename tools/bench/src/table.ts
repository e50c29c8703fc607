import { best, figureOf, spread, type WorkResult } from './results.ts';

const digits = (value: number) => value.toFixed(value < 10 ? 3 : value < 100 ? 1 : 0);

/** One work in every library: the best figures, the spread of all repetitions, and the CPU time and memory of both sides. */
export function table(result: WorkResult): string {
  const { work, unit, more, measured, figures = [''] } = result;
  const header = ['', ...figures, 'spread', '× grpc-js', 'server CPU s', 'MB', 'client CPU s', 'MB'];
  const rows = measured.map(({ stack, figures: values, server, client }) => {
    const base = figureOf([result], work, 'grpc-js');
    const own = best(values[0] ?? [], more);
    return [
      stack,
      ...values.map((one) => digits(best(one, more))),
      `${(spread(values[0] ?? []) * 100).toFixed(0)} %`,
      base === undefined ? '–' : (own / base).toFixed(2),
      server.cpu.toFixed(2),
      server.peak.toFixed(0),
      client.cpu.toFixed(2),
      client.peak.toFixed(0),
    ];
  });
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [`${work}, ${unit}`, ...text].join('\n');
}
