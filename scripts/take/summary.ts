import type { Texts } from './proto.ts';

const ABOUT: Record<string, string> = {
  src: 'the pattern, with its tests',
  'src/cli': 'what its programs and tests share, such as options and Ctrl-C',
  'src/errors': 'typed details beside a status',
  'src/upstream': 'the calls of many clients over few connections',
  'src/grpc-iterables': 'the library, as sources',
  'src/http2-channel': 'the library, as sources',
  proto: 'the contract and its types',
  vendor: 'the libraries, as packages',
  '': 'package.json, README.md, LICENSE and what the build needs',
};

/** The part of the project that a file belongs to. */
function partOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  if (!file.includes('/')) return '';
  const within = `${first}/${second}`;
  if (within in ABOUT) return within;
  return first in ABOUT ? first : 'src';
}

const linesOf = (text: string | Buffer) => (String(text).match(/\n/g) ?? []).length;

/** What was written, part by part, and what to read first. */
export function summary(texts: Texts, folder: string): string {
  const parts = new Map<string, [string, string | Buffer][]>();
  for (const entry of texts) parts.set(partOf(entry[0]), [...(parts.get(partOf(entry[0])) ?? []), entry]);
  const rows = [...parts].sort().map(([part, files]) => {
    const lines = files.reduce((sum, [, text]) => sum + linesOf(text), 0);
    const size = part === 'vendor' ? `${files.length} files` : `${files.length} files, ${lines} lines`;
    return [`${part}/`, size, ABOUT[part] ?? ''] as const;
  });
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const table = rows.map(
    ([part, size, about]) => `  ${part.padEnd(width(0))}  ${size.padEnd(width(1))}  ${about}`,
  );
  const first = ['src/service.ts', 'src/index.ts', 'src/demo.ts'].find((file) => texts.has(file));
  return `wrote ${folder}:
${table.join('\n')}
next: cd ${folder}, npm install, npm test
read: README.md${first ? `, then ${first}` : ''}`;
}
