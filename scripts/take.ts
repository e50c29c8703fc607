// `pnpm take PATTERN DIR`: writes a pattern as a project of its own, with what it needs and nothing else. `--list` names them.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LIBRARIES } from './take/packed.ts';
import { findPatterns, notFound } from './take/patterns.ts';
import { project } from './take/project.ts';
import { summary } from './take/summary.ts';

const patterns = findPatterns();
const namesOf = (isPart: boolean) =>
  patterns
    .filter((pattern) => pattern.isPart === isPart)
    .map(({ name }) => name)
    .join(', ');

const help = `usage: pnpm take PATTERN DIR [--name NAME] [--sources]
patterns: ${namesOf(false)}
parts of patterns: ${namesOf(true)}
NAME is what package.json calls the project; default: the folder's name
--sources takes the libraries as sources with their tests; default: as packages, in vendor/`;

function refuse(reason: string): never {
  console.error(`${reason}\n${help}`);
  process.exit(2);
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
  console.log(values.list ? patterns.map((pattern) => pattern.name).join('\n') : help);
  process.exit();
}
const [wanted, folder, ...more] = positionals;
if (wanted === undefined || folder === undefined || more.length > 0)
  refuse('a pattern and a folder are needed');
const pattern = patterns.find((one) => one.name === wanted) ?? refuse(notFound(wanted, patterns));
const target = resolve(folder);
if (existsSync(target) && !statSync(target).isDirectory())
  refuse(`${target} is not a folder; nothing was written`);
if (existsSync(target) && readdirSync(target).length > 0)
  refuse(`${target} is not empty; nothing was written`);
const name = values.name ?? basename(target);
if (!/^(@[a-z0-9-][a-z0-9-._]*\/)?[a-z0-9-][a-z0-9-._]*$/.test(name))
  refuse(`"${name}" is not a name of a package; give one with --name`);

const asPackages = values.sources ? [] : Object.keys(LIBRARIES).filter((library) => library !== wanted);
const texts = project(pattern, name, asPackages);
try {
  for (const [file, text] of texts) {
    mkdirSync(join(target, dirname(file)), { recursive: true });
    writeFileSync(join(target, file), text);
  }
} catch (error) {
  console.error(`the project in ${target} is not complete: ${(error as Error).message}`);
  process.exit(1);
}
console.log(summary(texts, relative('', target) || '.'));
