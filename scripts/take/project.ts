// All files of the project that a pattern becomes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.ts';
import { collect } from './collect.ts';
import { buildConfig, copyAssets, manifest, pnpmWorkspace, scriptNames, tsconfig } from './manifest.ts';
import { packed } from './packed.ts';
import type { Pattern } from './patterns.ts';
import { protoPart, type Texts } from './proto.ts';
import { readme } from './readme.ts';
import { rewritten } from './rewrite.ts';
import { adapted, COMMAND_OF, commandOfText, HELP, withDashes } from './texts.ts';

/**
 * The files by path.
 *
 * @param name what package.json calls the project
 * @param asPackages the libraries that are taken as packages, and not as sources
 */
export function project(pattern: Pattern, name: string, asPackages: string[]): Texts {
  const collection = collect(root, pattern, asPackages);
  const names = scriptNames(root, pattern, collection);
  const texts: Texts = new Map();
  for (const [source, target] of collection.files) {
    const bytes = readFileSync(join(root, source));
    const text = () => adapted(rewritten(root, source, collection, String(bytes)), collection.files, names);
    texts.set(target, source.endsWith('.ts') ? text() : bytes);
  }
  if (texts.has(COMMAND_OF)) texts.set(COMMAND_OF, commandOfText(pattern.package));
  const usage = texts.get(HELP);
  if (usage !== undefined) texts.set(HELP, withDashes(String(usage)));
  const contract = collection.services.size > 0 ? protoPart(root, collection.services) : [];
  for (const [target, text] of contract)
    texts.set(target, typeof text === 'string' ? adapted(text, collection.files, names) : text);
  const packages = packed(root, collection.packed);
  for (const { file, bytes } of packages) texts.set(file, bytes);

  const files = [...texts.keys()];
  const running = new Set(collection.running);
  if (collection.runningServices.size > 0) for (const [target] of contract) running.add(target);
  running.delete('proto/generate.ts');
  const json = manifest(root, name, collection, { names, packages, files });
  const { scripts } = JSON.parse(json);
  texts.set('package.json', json);
  texts.set('pnpm-workspace.yaml', pnpmWorkspace(packages));
  texts.set('.gitignore', 'node_modules/\ndist/\n');
  texts.set('LICENSE', readFileSync(join(root, 'LICENSE')));
  texts.set('tsconfig.json', tsconfig(root, files));
  texts.set('tsconfig.build.json', buildConfig(files, running));
  texts.set('copy-assets.mjs', copyAssets([...running]));
  texts.set('README.md', readme(root, { pattern, name, scripts, names, files, packages, collection }));
  return texts;
}
