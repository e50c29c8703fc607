import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import { type StatusObject, status } from '@grpc/grpc-js';
import { statusOf } from './ending.ts';

const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) };
// A map, because the server chooses the name: an object would also have "constructor".
const decompressors = new Map([
  ['gzip', gunzip],
  ['deflate', inflate],
]);

export const acceptedEncodings = 'identity,deflate,gzip';

export function compress(body: Uint8Array, encoding: 'gzip' | 'deflate'): Promise<Buffer> {
  return compressors[encoding](body);
}

/**
 * The message in a compressed body.
 *
 * @param encoding the response header `grpc-encoding`
 * @param limit the largest message; decompression stops there
 * @param done gets the message, or the status with which the call must fail
 */
export function decompress(
  body: Uint8Array,
  encoding: string,
  limit: number,
  done: (failure: StatusObject | undefined, message?: Buffer) => void,
): void {
  const decompressor = decompressors.get(encoding);
  if (!decompressor) {
    done(
      statusOf(status.INTERNAL, `a message is compressed with "${encoding}", which is not gzip or deflate`),
    );
    return;
  }
  const maxOutputLength = Math.min(limit, 2 ** 31 - 1);
  decompressor(body, { maxOutputLength }, (error, message) => {
    if (!error) done(undefined, message);
    else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      done(tooLarge('more than the limit', limit));
    else done(statusOf(status.INTERNAL, `a message does not decompress: ${error.message}`));
  });
}

/** The status of a message above the limit. */
export function tooLarge(size: number | string, limit: number): StatusObject {
  return statusOf(status.RESOURCE_EXHAUSTED, `a message of ${size} bytes is above the limit of ${limit}`);
}
