// The references of a source to other files, made right for its new place.
import { dirname, relative } from 'node:path';
import type { Collection } from './collect.ts';
import { REFERENCE, resolved } from './imports.ts';

/** The text of a file in which every reference to another file of the collection leads to that file's new place. */
export function rewritten(root: string, source: string, { files }: Collection, text: string): string {
  const target = files.get(source) ?? source;
  return text.replace(REFERENCE, (whole, reference: string) => {
    if (reference.startsWith('node:')) return whole;
    const found = resolved(root, source, reference);
    if (found === undefined) return whole;
    const goal = found.startsWith('proto/') ? found : (files.get(found) ?? targetFolder(found, files));
    if (goal === undefined) return whole;
    const path = (relative(dirname(target), goal) || '.') + (goal.endsWith('/') ? '/' : '');
    return whole.replace(reference, path.startsWith('.') ? path : `./${path}`);
  });
}

/** Where a folder goes: with the files that are in it. */
function targetFolder(folder: string, files: ReadonlyMap<string, string>): string | undefined {
  const [source, target] = [...files].find(([file]) => file.startsWith(folder)) ?? [];
  if (!folder.endsWith('/') || source === undefined) return undefined;
  return target?.slice(0, folder.length - source.length);
}
