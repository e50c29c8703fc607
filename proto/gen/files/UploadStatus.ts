// Original file: file_transfer.proto

import type { File as _files_File, File__Output as _files_File__Output } from '../files/File.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * How far an upload is.
 */
export interface UploadStatus {
  /**
   * How many bytes are on the disk. They stay there if the server crashes. The number never decreases.
   */
  'committedSize'?: (number | string | Long);
  /**
   * The file, when the upload is complete. Before that it is not set.
   */
  'file'?: (_files_File | null);
}

/**
 * How far an upload is.
 */
export interface UploadStatus__Output {
  /**
   * How many bytes are on the disk. They stay there if the server crashes. The number never decreases.
   */
  'committedSize': (string);
  /**
   * The file, when the upload is complete. Before that it is not set.
   */
  'file': (_files_File__Output | null);
}
