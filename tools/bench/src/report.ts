// `pnpm bench:report`: writes the goals, the tables and the light and dark chart of the README from the results of
// `pnpm bench --json`.
import { readFileSync, writeFileSync } from 'node:fs';
import { init } from 'echarts';
import { judged } from './goals.ts';
import { besideGo } from './grpc-go.ts';
import { figureOf, type Results } from './results.ts';
import { stackNames } from './stacks.ts';
import { table } from './table.ts';

const WIDTH = 860;
const HEIGHT = 380;
const folder = new URL('../results/', import.meta.url);

const drawn = [
  ['server streaming', 'server streaming, 100,000 tiny'],
  ['client streaming', 'client streaming, 100,000 tiny'],
  ['bidirectional', 'bidirectional, 100,000 tiny'],
  ['server streaming, 1 KiB', 'server streaming, 1 KiB'],
  ['client streaming, 1 KiB', 'client streaming, 1 KiB'],
] as const;

const themes = {
  light: { text: '#1f2328', line: '#d1d9e0', colours: ['#0969da', '#818b98', '#bf8700', '#8250df'] },
  dark: { text: '#f0f6fc', line: '#3d444d', colours: ['#4493f8', '#9198a1', '#d29922', '#ab7df8'] },
};

function draw({ works }: Results, { text, line, colours }: (typeof themes)['light']): string {
  const stacks = stackNames.filter((stack) => ['ours', 'grpc-js', 'nice-grpc', 'connect'].includes(stack));
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    color: colours,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    legend: { top: 0, right: 8, itemGap: 24, textStyle: { color: text } },
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: drawn.map(([name]) => name), axisLabel: { color: text, interval: 0 } },
    yAxis: {
      type: 'value',
      name: 'messages a millisecond',
      nameTextStyle: { color: text, align: 'left' },
      axisLabel: { color: text },
      splitLine: { lineStyle: { color: line } },
    },
    series: stacks.map((stack) => ({
      type: 'bar',
      name: stack === 'ours' ? 'this project' : stack,
      data: drawn.map(([, work]) => Math.round(figureOf(works, work, stack) ?? 0)),
      label: { show: true, position: 'top', color: text, fontSize: 10 },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const write = (name: string, text: string) => writeFileSync(new URL(name, folder), `${text}\n`);

const results: Results = JSON.parse(readFileSync(new URL('results.json', folder), 'utf8'));
write('goals.txt', [...judged(results.works), ...besideGo(results.grpcGo ?? {}, results.works)].join('\n'));
write(
  'tables.txt',
  [`Node ${results.node}, ${results.processors}`, ...results.works.map(table)].join('\n\n'),
);
for (const [name, theme] of Object.entries(themes)) write(`chart-${name}.svg`, draw(results, theme));
