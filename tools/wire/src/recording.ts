// A recording is a text file: a head, then an event as JSON in each line.
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { UsageError } from 'cli';
import type { WireEvent } from './events.ts';
import { LineWriter } from './line-writer.ts';
import type { Output } from './outputs.ts';

const HEAD = { recording: 'grpc wire', version: 1 };
const TYPES = ['opened', 'frame', 'message', 'ended', 'foreign', 'closed', 'seen', 'queued'];
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
  const input = createReadStream(path);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  try {
    for await (const line of lines) {
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

function parse(line: string, path: string, number: number): unknown {
  try {
    if (line.length > LONGEST_LINE) throw new Error('it is too long');
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
