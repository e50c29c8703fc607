// What the client program does for each of its commands.
import { basename } from 'node:path';
import { status } from '@grpc/grpc-js';
import { printable, UsageError } from 'cli';
import { type CallOptions, StatusError } from 'grpc-iterables';
import { fileDestination, streamDestination } from './destinations.ts';
import { codeOf } from './file-error.ts';
import { get } from './get.ts';
import { inParallel } from './in-parallel.ts';
import { flawOf } from './names.ts';
import type { Line, Patience } from './persist.ts';
import { clearBar, showingProgress, trackProgress } from './progress.ts';
import { put } from './put.ts';
import { fileSource, NotAFile, SourceChanged, streamSource } from './sources.ts';

/** What all commands work with. */
export interface Session {
  line: Line;
  call: CallOptions;
  patience: Patience;
}

// Small files wait for the disk of the server, not for the line.
const FILES_AT_ONCE = 8;

/** The same name, if a file on the server can have it. @throws UsageError */
function usable(name: string): string {
  const flaw = flawOf(name);
  if (flaw === undefined) return name;
  throw new UsageError(`${JSON.stringify(name)} cannot be the name of a file on the server: it ${flaw}`);
}

/** Uploads files; `-` is standard input, which needs a name. */
export async function putFiles(session: Session, paths: string[], name: string | undefined): Promise<void> {
  if (paths.length === 0) throw new UsageError('put needs at least one file, or - for standard input');
  if (name !== undefined && paths.length > 1) throw new UsageError('--name is for one file');
  if (paths.includes('-') && name === undefined) throw new UsageError('put - needs --name');
  const targets = paths.map((path) => ({ path, target: usable(name ?? basename(path)) }));
  const known = new Set<string>();
  for (const { target } of targets) {
    if (known.has(target))
      throw new UsageError(`two files have the name ${target}; the second would replace the first`);
    known.add(target);
  }

  await transferring(session, async (report, options) => {
    await inParallel(targets, FILES_AT_ONCE, async ({ path, target }) => {
      const source = path === '-' ? streamSource(process.stdin, target) : await fileSource(path, target);
      const onProgress = (bytes: number, total: number | undefined) => report(target, bytes, total);
      onProgress(0, source.size);
      const { file, from } = await put(session.line, source, { ...options, onProgress });
      print(`put ${target}: ${file.size} bytes${howItBegan(from, Number(file.size))}`);
    });
  });
}

function howItBegan(from: number, size: number): string {
  if (from === 0) return '';
  return from === size ? ', was there already' : `, continued at ${from}`;
}

/** Downloads a file; to `-` means standard output. */
export async function getFile(session: Session, name: string, output: string | undefined): Promise<void> {
  const target = output ?? usable(name);
  const destination =
    target === '-' ? streamDestination(process.stdout, session.call.signal) : fileDestination(target);
  await transferring(session, async (report, options) => {
    const onProgress = (bytes: number, total: number | undefined) => report(name, bytes, total);
    const file = await get(session.line, name, destination, { ...options, onProgress });
    if (target !== '-') print(`got ${name}: ${file.size} bytes`);
  });
}

/** Prints size, time and name of each file. */
export async function listFiles({ line, call }: Session): Promise<void> {
  for await (const { name, size, modifiedMs } of line.client().list({}, call)) {
    console.log(`${size.padStart(14)}  ${showTime(modifiedMs)}  ${printable(name)}`);
  }
}

/** A server may send any number. */
function showTime(milliseconds: string): string {
  const time = new Date(Number(milliseconds));
  return Number.isNaN(time.getTime()) ? '?'.padEnd(24) : time.toISOString();
}

export async function removeFiles({ line, call }: Session, names: string[]): Promise<void> {
  if (names.length === 0) throw new UsageError('rm needs at least one name');
  for (const name of names) {
    await line.client().delete({ name }, call);
    console.log(`deleted ${name}`);
  }
}

function print(line: string): void {
  clearBar(process.stderr);
  console.log(line);
}

/** Shows progress and breaks on standard error, and turns failures of the local disk into messages. */
async function transferring(
  { call, patience }: Session,
  run: (
    report: (name: string, bytes: number, total: number | undefined) => void,
    options: { patience: Patience; onBreak: (error: StatusError) => void },
  ) => Promise<void>,
): Promise<void> {
  const progress = trackProgress();
  const onBreak = (error: StatusError) => {
    clearBar(process.stderr);
    console.error(`${status[error.code]}: ${printable(error.details)}; trying again`);
  };
  const deadline = call.timeout === undefined ? undefined : AbortSignal.timeout(call.timeout);
  const signal = AbortSignal.any([call.signal, deadline].filter((one) => one !== undefined));
  try {
    await showingProgress(progress, process.stderr, () =>
      run(progress.report, { patience: { ...patience, signal }, onBreak }),
    );
  } catch (error) {
    if (call.signal?.aborted) console.error(`stopped (${progress.line()}); the same command continues`);
    else if (deadline?.aborted)
      throw new StatusError(status.DEADLINE_EXCEEDED, `stopped (${progress.line()})`);
    if (error instanceof NotAFile) throw new UsageError(error.message);
    if (error instanceof SourceChanged) throw new UsageError(`${error.message}; put it again`);
    if (codeOf(error) !== undefined && !(error instanceof StatusError)) {
      throw new UsageError(`cannot use the file: ${(error as Error).message}`);
    }
    throw error;
  }
}
