import { constants, gunzipSync, inflateSync } from 'node:zlib';
import type protobuf from 'protobufjs';
import type { FoundMessage } from './message-reader.ts';
import { textOf } from './protobuf.ts';

const UNPACK = new Map([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
]);
/** What a message may become when it is unpacked, in bytes. A bomb is unpacked no further. */
const LONGEST_UNPACKED = 64 * 1024;
/** So many bytes never become more than that. */
const HARMLESS = 60;

/** A message as text for a person. */
export function messageText(
  { beginning, compressed, length }: FoundMessage,
  type: protobuf.Type | undefined,
  encoding: string | undefined,
): string {
  if (!compressed) return textOf(beginning, length, type);
  const unpacked = unpack(beginning, encoding);
  if (!unpacked)
    return encoding === undefined
      ? '(compressed; the headers do not say how)'
      : `(compressed with ${encoding})`;
  // Of a message whose end is not known, the text ends with "…".
  const complete = beginning.length === length && unpacked.complete;
  return textOf(unpacked.bytes, complete ? unpacked.bytes.length : Number.POSITIVE_INFINITY, type);
}

function unpack(beginning: Buffer, encoding = ''): { bytes: Buffer; complete: boolean } | undefined {
  const unpackSync = UNPACK.get(encoding);
  if (!unpackSync) return undefined;
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LONGEST_UNPACKED };
  for (const size of [beginning.length, HARMLESS]) {
    try {
      return { bytes: unpackSync(beginning.subarray(0, size), options), complete: size === beginning.length };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    }
  }
  return undefined;
}
