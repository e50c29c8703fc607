// `pnpm take PATTERN DIR`: writes a pattern as a project of its own, with what it needs and nothing else. `--list` names them.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { collect, rewritten } from './take/collect.ts';
import { manifest, pnpmWorkspace, readme, tsconfig } from './take/project.ts';
import { protoPart, type Texts } from './take/proto.ts';
import { folderOf, root } from './workspace.ts';

// What serves the patterns and is none.
const NO_PATTERN = ['upstream'];
const patterns = ['packages', 'libraries']
  .flatMap((group) => readdirSync(join(root, group)))
  .filter((name) => !NO_PATTERN.includes(name) && folderOf(name) !== undefined)
  .sort();

const help = `usage: pnpm take PATTERN DIR [--name NAME]
patterns: ${patterns.join(', ')}
NAME is what package.json calls it; default: the folder's name`;

function refuse(reason: string): never {
  console.error(`${reason}\n${help}`);
  process.exit(2);
}

/** All files of the project by path. */
function project(pattern: string, name: string): Texts {
  const collection = collect(root, pattern);
  const texts: Texts = new Map();
  for (const [source, target] of collection.files) {
    const bytes = readFileSync(join(root, source));
    texts.set(target, source.endsWith('.ts') ? rewritten(root, source, collection, String(bytes)) : bytes);
  }
  if (collection.services.size > 0) {
    for (const [target, text] of protoPart(root, collection.services)) texts.set(target, text);
    for (const loader of ['@grpc/grpc-js', '@grpc/proto-loader']) {
      const { dependencies } = JSON.parse(readFileSync(join(root, 'proto/package.json'), 'utf8'));
      collection.dependencies.set(loader, dependencies[loader]);
    }
  }
  const tests = [...texts.keys()].filter((file) => file.endsWith('.test.ts')).sort();
  const scripts = manifest(root, pattern, name, collection, tests);
  texts.set('package.json', scripts);
  texts.set('pnpm-workspace.yaml', pnpmWorkspace());
  texts.set('.gitignore', 'node_modules/\n');
  texts.set('tsconfig.json', tsconfig(root, [...texts.keys()]));
  texts.set('README.md', readme(root, pattern, name, JSON.parse(scripts).scripts, [...texts.keys()]));
  return texts;
}

function usage() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { name: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}
const { positionals, values } = usage();
if (values.list || values.help) {
  console.log(values.list ? patterns.join('\n') : help);
  process.exit();
}
const [pattern, folder, ...more] = positionals;
if (pattern === undefined || folder === undefined || more.length > 0)
  refuse('a pattern and a folder are needed');
if (!patterns.includes(pattern)) refuse(`no pattern "${pattern}"`);
const target = resolve(folder);
if (existsSync(target) && readdirSync(target).length > 0)
  refuse(`${target} is not empty; nothing was written`);
const name = values.name ?? basename(target);
if (!/^(@[a-z0-9-][a-z0-9-._]*\/)?[a-z0-9-][a-z0-9-._]*$/.test(name))
  refuse(`"${name}" is no name of a package; give one with --name`);

const texts = project(pattern, name);
for (const [file, text] of texts) {
  mkdirSync(join(target, dirname(file)), { recursive: true });
  writeFileSync(join(target, file), text);
}
console.log(`${texts.size} files in ${target}\nnext: npm install, then npm test`);
