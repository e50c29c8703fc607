// `pnpm take PATTERN DIR`: writes a pattern as a project of its own, with what it needs and nothing else. `--list` names them.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { collect, rewritten } from './take/collect.ts';
import { buildConfig, copyAssets, manifest, pnpmWorkspace, scriptNames, tsconfig } from './take/manifest.ts';
import { LIBRARIES, packed } from './take/packed.ts';
import { protoPart, type Texts } from './take/proto.ts';
import { readme } from './take/readme.ts';
import { summary } from './take/summary.ts';
import { adapted, COMMAND_OF, commandOfText, HELP, withDashes } from './take/texts.ts';
import { folderOf, root } from './workspace.ts';

// What serves the patterns and is none.
const NO_PATTERN = ['upstream'];
const patterns = ['packages', 'libraries']
  .flatMap((group) => readdirSync(join(root, group)))
  .filter((name) => !NO_PATTERN.includes(name) && folderOf(name) !== undefined)
  .sort();

const help = `usage: pnpm take PATTERN DIR [--name NAME] [--sources]
patterns: ${patterns.join(', ')}
NAME is what package.json calls the project; default: the folder's name
--sources takes the libraries as sources with their tests; default: as packages, in vendor/`;

function refuse(reason: string): never {
  console.error(`${reason}\n${help}`);
  process.exit(2);
}

/** All files of the project by path. */
function project(pattern: string, name: string, asPackages: string[]): Texts {
  const collection = collect(root, pattern, asPackages);
  const names = scriptNames(root, pattern, collection);
  const texts: Texts = new Map();
  for (const [source, target] of collection.files) {
    const bytes = readFileSync(join(root, source));
    const text = () => adapted(rewritten(root, source, collection, String(bytes)), pattern, names);
    texts.set(target, source.endsWith('.ts') ? text() : bytes);
  }
  if (texts.has(COMMAND_OF)) texts.set(COMMAND_OF, commandOfText(pattern));
  const usage = texts.get(HELP);
  if (usage !== undefined) texts.set(HELP, withDashes(String(usage)));
  if (collection.services.size > 0) {
    for (const [target, text] of protoPart(root, collection.services))
      texts.set(target, typeof text === 'string' ? adapted(text, pattern, names) : text);
    const { dependencies } = JSON.parse(readFileSync(join(root, 'proto/package.json'), 'utf8'));
    for (const loader of ['@grpc/grpc-js', '@grpc/proto-loader'])
      collection.dependencies.set(loader, dependencies[loader]);
  }
  const packages = packed(root, collection.packed);
  for (const { file, bytes } of packages) texts.set(file, bytes);
  const files = [...texts.keys()];
  const json = manifest(root, name, collection, { names, packages, files });
  const { scripts } = JSON.parse(json);
  texts.set('package.json', json);
  texts.set('pnpm-workspace.yaml', pnpmWorkspace(packages));
  texts.set('.gitignore', 'node_modules/\ndist/\n');
  texts.set('LICENSE', readFileSync(join(root, 'LICENSE')));
  texts.set('tsconfig.json', tsconfig(root, files));
  texts.set('tsconfig.build.json', buildConfig(files));
  texts.set('copy-assets.mjs', copyAssets(files));
  texts.set('README.md', readme(root, { pattern, name, scripts, names, files, packages }));
  return texts;
}

function usage() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        sources: { type: 'boolean' },
        list: { type: 'boolean' },
        help: { type: 'boolean' },
      },
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
  refuse(`"${name}" is not a name of a package; give one with --name`);

const asPackages = values.sources ? [] : Object.keys(LIBRARIES).filter((library) => library !== pattern);
const texts = project(pattern, name, asPackages);
for (const [file, text] of texts) {
  mkdirSync(join(target, dirname(file)), { recursive: true });
  writeFileSync(join(target, file), text);
}
console.log(summary(texts, relative('', target) || '.'));
