import { FileError } from './file-error.ts';

/** How much the server may store. */
export interface Limits {
  /** The longest file, in bytes. */
  readonly fileSize: number;
  /** All files and all open uploads together, in bytes. */
  readonly space: number;
}

/** Counts the bytes in the folder, so that uploads stop at the limit and not when the disk is full. */
export interface Space {
  /** Counts bytes that are about to be written. @throws FileError if they are too many */
  take(bytes: number): void;
  /** Bytes that were deleted. */
  free(bytes: number): void;
  /** @throws FileError if a file of this size is too large, or if `missing` bytes of it do not fit any more */
  check(size: number, missing: number): void;
}

export function countSpace(limits: Limits, usedAtStart: number): Space {
  let used = usedAtStart;

  function checkSpace(bytes: number): void {
    if (used + bytes <= limits.space) return;
    const left = Math.max(0, limits.space - used);
    throw new FileError('full', `the server has space for ${left} more bytes, not for ${bytes}`);
  }
  return {
    take(bytes) {
      checkSpace(bytes);
      used += bytes;
    },
    free(bytes) {
      used -= bytes;
    },
    check(size, missing) {
      if (size > limits.fileSize) {
        throw new FileError('full', `a file of ${size} bytes is larger than the limit of ${limits.fileSize}`);
      }
      checkSpace(missing);
    },
  };
}
