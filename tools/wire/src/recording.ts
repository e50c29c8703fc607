// A recording is a text file: a head, then an event as JSON in each line.
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { UsageError } from 'cli';
import type { WireEvent } from './events.ts';
import { LineWriter } from './line-writer.ts';
import type { Output } from './outputs.ts';

const HEAD = { recording: 'grpc wire', version: 1 };
const TYPES = ['opened', 'frame', 'message', 'ended', 'foreign', 'closed', 'seen', 'queued'];
/** In characters. `startRecording` writes shorter ones. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Writes a recording.
 *
 * @param onFailed called if the disk takes no more
 * @throws UsageError if the file can't be written
 */
export async function startRecording(path: string, onFailed: (error: Error) => void): Promise<Output> {
  const file = await open(path, 'w', 0o600).catch((error: Error) => {
    throw new UsageError(`cannot record to ${path}: ${error.message}`);
  });
  const stream = createWriteStream(path, { fd: file });
  stream.once('error', onFailed);
  const lines = new LineWriter(stream, (count) => JSON.stringify({ leftOut: count }));
  lines.write(JSON.stringify(HEAD));
  return { write: (event) => lines.write(JSON.stringify(event)), close: () => lines.close() };
}

/**
 * The events of a recording, in their order.
 *
 * @throws UsageError if it is not one
 */
export async function* readRecording(path: string): AsyncGenerator<WireEvent> {
  let number = 0;
  try {
    for await (const line of linesIn(path)) {
      number++;
      const parsed = parse(line, path, number);
      if (number === 1) checkHead(parsed, path);
      else if (isEvent(parsed)) yield parsed;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
  if (number === 0) throw new UsageError(`${path} is not a recording of pnpm wire: it is empty`);
}

/** The lines of a file. If a line is too long, its beginning is the last one: a file of one line must not fill the memory. */
async function* linesIn(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > LONGEST_LINE) break;
  }
  if (rest !== '') yield rest;
}

function parse(line: string, path: string, number: number): unknown {
  try {
    if (line.length > LONGEST_LINE) throw new Error(`it has more than ${LONGEST_LINE} characters`);
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(
      `${path} is not a recording of pnpm wire: line ${number}: ${(error as Error).message}`,
    );
  }
}

function checkHead(parsed: unknown, path: string): void {
  const { recording, version } = (parsed ?? {}) as Partial<typeof HEAD>;
  if (recording !== HEAD.recording) throw new UsageError(`${path} is not a recording of pnpm wire`);
  if (version !== HEAD.version)
    throw new UsageError(
      `${path} is a recording of version ${version}; this program reads version ${HEAD.version}`,
    );
}

function isEvent(parsed: unknown): parsed is WireEvent {
  return TYPES.includes((parsed as Partial<WireEvent> | null)?.type ?? '');
}
