// The part of `proto` that a pattern needs: its .proto files, their types, and an index that loads them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { protoFiles } from '../../proto/files.ts';

/** Path in the project to its text; what is not text stays bytes. */
export type Texts = Map<string, string | Buffer>;

const EXPORT = /((?:\/\*\*[^\n]*\*\/\n)?)export const (\{ [\w, ]+ \}|\w+) = loaded\.([\w.]+);/g;

/** @param services what is imported from `proto` */
export function protoPart(root: string, services: ReadonlySet<string>): Texts {
  const read = (path: string) => readFileSync(join(root, 'proto', path), 'utf8');
  const exported = [...read('index.ts').matchAll(EXPORT)].flatMap(
    ([, comment = '', names = '', from = '']) => {
      const kept = names.startsWith('{')
        ? names
            .slice(1, -1)
            .split(',')
            .map((name) => name.trim())
            .filter((name) => services.has(name))
        : [names].filter((name) => services.has(name));
      return kept.length === 0 ? [] : [{ comment, kept, from, whole: !names.startsWith('{') }];
    },
  );

  const needed = new Set<string>();
  function need(file: string): void {
    if (needed.has(file) || !protoFiles.includes(file)) return;
    needed.add(file);
    for (const [, imported = ''] of read(file).matchAll(/^import "([^"]+)";/gm)) need(imported);
  }
  for (const { kept, from, whole } of exported) {
    for (const file of protoFiles) {
      const text = read(file);
      const isOfPackage = [from, from.slice(0, from.lastIndexOf('.'))].some((name) =>
        text.includes(`package ${name};`),
      );
      if (isOfPackage && (whole || kept.some((name) => text.includes(`service ${name} {`)))) need(file);
    }
  }

  const texts: Texts = new Map();
  for (const file of needed) texts.set(`proto/${file}`, read(file));
  const generated = [...needed].map(
    (file) => `gen/${(file.split('/').at(-1) ?? '').replace('.proto', '.ts')}`,
  );
  const reached = new Set<string>();
  function reach(file: string): void {
    if (reached.has(file)) return;
    reached.add(file);
    texts.set(`proto/${file}`, read(file));
    for (const [, imported = ''] of read(file).matchAll(/from '(\.[^']+)'/g)) {
      reach(join(file, '..', imported));
    }
  }
  for (const file of generated) reach(file);
  texts.set('proto/generate.ts', read('generate.ts').replaceAll('pnpm generate', 'npm run generate'));
  texts.set('proto/files.ts', filesText(read('files.ts'), needed));
  texts.set('proto/index.ts', indexText(generated, exported));
  return texts;
}

function filesText(text: string, needed: Set<string>): string {
  const list = [...needed].map((file) => `  '${file}',\n`).join('');
  return text.replace(/(protoFiles = \[\n)[^\]]*/, `$1${list}`);
}

interface Exported {
  comment: string;
  kept: string[];
  from: string;
  whole: boolean;
}

function indexText(generated: string[], exported: Exported[]): string {
  const imports = generated.map(
    (file, index) => `import type { ProtoGrpcType as Types${index} } from './${file}';`,
  );
  const exports = exported.map(
    ({ comment, kept, from, whole }) =>
      `${comment}export const ${whole ? kept.join() : `{ ${kept.join(', ')} }`} = loaded.${from};`,
  );
  return `// Loads every .proto once and exports its services, typed by proto-loader-gen-types.
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { messageOptions, protoFiles, protoRoot } from './files.ts';
${imports.join('\n')}

const loaded = loadPackageDefinition(
  loadSync(protoFiles, { ...messageOptions, includeDirs: [protoRoot] }),
) as unknown as ${generated.map((_, index) => `Types${index}`).join(' & ')};

${exports.join('\n')}
`;
}
