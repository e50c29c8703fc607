// Finds files that import each other in a circle. A reader of such files finds no place to begin.
import { readFileSync } from 'node:fs';
import { resolved } from './take/imports.ts';

const IMPORT = /(?:\bfrom |^import |\bimport\()'([^']+)'/gm;

/** The imports between files: a file to the files that it imports, as paths from the root. Imports of types count too. */
export function importsOf(root: string, files: readonly string[]): Map<string, string[]> {
  const known = new Set(files);
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(`${root}/${file}`, 'utf8');
    const imported = [...text.matchAll(IMPORT)].map(([, specifier = '']) => resolved(root, file, specifier));
    graph.set(file, imported.filter((target) => target !== undefined && known.has(target)) as string[]);
  }
  return graph;
}

/** Each circle of imports, once, as the files along it. */
export function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  function visit(file: string): void {
    if (finished.has(file)) return;
    const start = path.indexOf(file);
    if (start >= 0) {
      found.push([...path.slice(start), file]);
      return;
    }
    path.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    path.pop();
    finished.add(file);
  }
  for (const file of graph.keys()) visit(file);
  return found;
}
