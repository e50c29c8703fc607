// Writes the types of every .proto to gen/; with --check it only compares, and fails when they are stale.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { protoFiles, protoRoot } from './files.ts';

const gen = join(protoRoot, 'gen');

async function generateInto(folder: string): Promise<void> {
  const generator = createRequire(import.meta.url).resolve(
    '@grpc/proto-loader/build/bin/proto-loader-gen-types.js',
  );
  const options = [
    '--longs=String',
    '--enums=String',
    '--defaults',
    '--oneofs',
    '--includeComments',
    '--grpcLib=@grpc/grpc-js',
    '--importFileExtension=.ts',
    // Relative, because the generator writes each file's path into its output.
    '--includeDirs=.',
    `--outDir=${folder}`,
  ];
  await promisify(execFile)(process.execPath, [generator, ...options, ...protoFiles], { cwd: protoRoot });
}

/** The files below a folder: relative path to content. */
async function contents(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const),
    ),
  );
}

/** The files that are missing in `existing`, differ there, or should not be there. */
function staleFiles(existing: Map<string, string>, wanted: Map<string, string>): string[] {
  const names = new Set([...existing.keys(), ...wanted.keys()]);
  return [...names].filter((name) => existing.get(name) !== wanted.get(name)).sort();
}

/** The .proto files in this folder that `files.ts` does not list. */
async function unlistedFiles(): Promise<string[]> {
  const entries = await readdir(protoRoot, { recursive: true });
  const files = entries.filter((name) => name.endsWith('.proto') && !name.includes('node_modules'));
  return files.map((name) => name.replaceAll('\\', '/')).filter((name) => !protoFiles.includes(name));
}

const unlisted = await unlistedFiles();
if (unlisted.length > 0) {
  console.error(`proto/files.ts does not list ${unlisted.join(', ')}
  1. add ${unlisted.map((name) => `'${name}'`).join(', ')} to protoFiles in proto/files.ts
  2. run "pnpm generate"
  3. export the services from proto/index.ts, as the others there`);
  process.exit(1);
}

const fresh = await mkdtemp(join(tmpdir(), 'gen-'));
try {
  await generateInto(fresh);
  if (process.argv.includes('--check')) {
    const stale = staleFiles(await contents(gen), await contents(fresh));
    if (stale.length > 0) {
      console.error(`proto/gen is not current; run "pnpm generate". Stale: ${stale.join(', ')}`);
      process.exitCode = 1;
    }
  } else {
    await rm(gen, { recursive: true, force: true });
    await cp(fresh, gen, { recursive: true });
  }
} finally {
  await rm(fresh, { recursive: true, force: true });
}
