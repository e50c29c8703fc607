// Original file: file_transfer.proto

import type { File as _files_File, File__Output as _files_File__Output } from '../files/File.ts';
import type { DownloadEnd as _files_DownloadEnd, DownloadEnd__Output as _files_DownloadEnd__Output } from '../files/DownloadEnd.ts';

/**
 * One message of a download.
 */
export interface DownloadResponse {
  /**
   * What is being sent.
   */
  'file'?: (_files_File | null);
  /**
   * The next bytes.
   */
  'data'?: (Buffer | Uint8Array | string);
  /**
   * All bytes were sent.
   */
  'end'?: (_files_DownloadEnd | null);
  /**
   * The file comes first, the end comes last.
   */
  'part'?: "file"|"data"|"end";
}

/**
 * One message of a download.
 */
export interface DownloadResponse__Output {
  /**
   * What is being sent.
   */
  'file'?: (_files_File__Output | null);
  /**
   * The next bytes.
   */
  'data'?: (Buffer);
  /**
   * All bytes were sent.
   */
  'end'?: (_files_DownloadEnd__Output | null);
  /**
   * The file comes first, the end comes last.
   */
  'part'?: "file"|"data"|"end";
}
