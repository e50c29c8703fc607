// Original file: file_transfer.proto

import type { File as _files_File, File__Output as _files_File__Output } from '../files/File.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * How far an upload is.
 */
export interface UploadStatus {
  /**
   * This many bytes are on the disk, even if the server crashes. Never decreases.
   */
  'committedSize'?: (number | string | Long);
  /**
   * The file, once the upload is complete; before that it is not set.
   */
  'file'?: (_files_File | null);
}

/**
 * How far an upload is.
 */
export interface UploadStatus__Output {
  /**
   * This many bytes are on the disk, even if the server crashes. Never decreases.
   */
  'committedSize': (string);
  /**
   * The file, once the upload is complete; before that it is not set.
   */
  'file': (_files_File__Output | null);
}
