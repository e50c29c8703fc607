import type { Item } from './command.ts';

/** The output of `--help`: the usage in one line, then each argument and each option. */
export function helpText(name: string, description: string, options: Item[], parameters: Item[]): string {
  const usage = ['usage:', name, '[options]', ...parameters.map(({ spec }) => spec)].join(' ');
  const described = parameters.filter((parameter) => parameter.description !== '');
  const help: Item = { spec: '--help', description: 'show this', parse: String, byDefault: undefined };
  const parts = [usage, description, list('arguments', described), list('options', [...options, help])];
  return parts.filter((part) => part !== '').join('\n\n');
}

function list(title: string, items: Item[]): string {
  if (items.length === 0) return '';
  const width = Math.max(...items.map(({ spec }) => spec.length));
  const lines = items.map(
    ({ spec, description, byDefault }) => `  ${spec.padEnd(width)}  ${description}${shown(byDefault)}`,
  );
  return [`${title}:`, ...lines].join('\n');
}

function shown(byDefault: unknown): string {
  const text = [byDefault ?? ''].flat().join(' ');
  return text === '' ? '' : ` (default: ${text})`;
}
