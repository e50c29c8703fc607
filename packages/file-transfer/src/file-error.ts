/** What kind of failure it is; `refusals.ts` gives each its gRPC status. */
export type FileErrorKind = 'invalid' | 'missing' | 'changed' | 'taken-over' | 'beyond' | 'full' | 'corrupt';

/** A failure that the caller of the store should hear about, in words that say what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly kind: FileErrorKind;

  constructor(kind: FileErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Runs an operation on the disk. A full disk becomes a FileError; every other failure stays what it is, because its
 * text may contain paths and is for the log of the server only.
 */
export async function onDisk<Result>(operation: () => Promise<Result>): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    if (FULL.has(codeOf(error) ?? '')) {
      throw new FileError('full', 'the disk of the server is full', { cause: error });
    }
    throw error;
  }
}

/** The code of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
