import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { defineService, type Service, StatusError } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import type { DownloadResponse } from 'proto/gen/files/DownloadResponse';
import type { FileTransferHandlers } from 'proto/gen/files/FileTransfer';
import { attempt, failsWith, patience, served } from '../harness.ts';

const { fetchFile } = await attempt<typeof import('./start.ts')>(import.meta.url);

interface Call {
  version: string;
  content: string;
  /** Breaks off after so many bytes. */
  breakAfter?: number;
  /** Sends a checksum of other bytes. */
  damaged?: boolean;
}

const missing = () => {
  throw new StatusError(status.UNIMPLEMENTED, 'not part of this exercise');
};

/** A server that answers the first call as the first of `calls` says, and so on. */
function serving(calls: Call[]): Service {
  let next = 0;
  async function* Download({
    offset,
    version,
  }: {
    offset: string;
    version: string;
  }): AsyncGenerator<DownloadResponse> {
    const call = calls[Math.min(next, calls.length - 1)] as Call;
    if (version !== '' && version !== call.version)
      throw new StatusError(status.FAILED_PRECONDITION, 'replaced');
    next++;
    const rest = Buffer.from(call.content).subarray(Number(offset));
    const sent = rest.subarray(0, call.breakAfter);
    yield { file: { name: 'a', size: call.content.length, version: call.version } };
    for (const byte of sent) yield { data: Buffer.from([byte]) };
    if (call.breakAfter !== undefined) throw new StatusError(status.UNAVAILABLE, 'the line broke');
    const hashed = call.damaged ? Buffer.from('other bytes') : sent;
    yield { end: { size: sent.length, sha256: createHash('sha256').update(hashed).digest() } };
  }
  return defineService<FileTransferHandlers>(
    FileTransfer.service,
    { Upload: missing, QueryUpload: missing, List: missing, Delete: missing, Download },
    { onError: () => {} },
  );
}

test('a download that breaks off twice is whole', patience, async (t) => {
  const file = { version: 'v1', content: 'abcdefgh' };
  const calls = [{ ...file, breakAfter: 3 }, { ...file, breakAfter: 2 }, file];
  const client = await served(t, serving(calls), FileTransfer);
  assert.equal(String(await fetchFile(client, 'a')), 'abcdefgh');
});

test('a file that is replaced after a break is that of one version', patience, async (t) => {
  const calls = [
    { version: 'v1', content: 'abcdefgh', breakAfter: 3 },
    { version: 'v2', content: 'ABCDEFGH' },
  ];
  const client = await served(t, serving(calls), FileTransfer);
  assert.equal(String(await fetchFile(client, 'a')), 'ABCDEFGH');
});

test('bytes that are not those of the checksum are DATA_LOSS', patience, async (t) => {
  const calls = [{ version: 'v1', content: 'abcdefgh', damaged: true }];
  const client = await served(t, serving(calls), FileTransfer);
  await failsWith(fetchFile(client, 'a'), status.DATA_LOSS);
});
