// Original file: file_transfer.proto

import type { UploadStart as _files_UploadStart, UploadStart__Output as _files_UploadStart__Output } from '../files/UploadStart.ts';
import type { UploadChunk as _files_UploadChunk, UploadChunk__Output as _files_UploadChunk__Output } from '../files/UploadChunk.ts';
import type { UploadFinish as _files_UploadFinish, UploadFinish__Output as _files_UploadFinish__Output } from '../files/UploadFinish.ts';

/**
 * One message of an upload.
 */
export interface UploadRequest {
  /**
   * What is being uploaded.
   */
  'start'?: (_files_UploadStart | null);
  /**
   * Some of its bytes.
   */
  'chunk'?: (_files_UploadChunk | null);
  /**
   * All bytes are sent. The finish has their length and their checksum.
   */
  'finish'?: (_files_UploadFinish | null);
  /**
   * The first message is the start, and the last one is the finish. All others are chunks.
   */
  'part'?: "start"|"chunk"|"finish";
}

/**
 * One message of an upload.
 */
export interface UploadRequest__Output {
  /**
   * What is being uploaded.
   */
  'start'?: (_files_UploadStart__Output | null);
  /**
   * Some of its bytes.
   */
  'chunk'?: (_files_UploadChunk__Output | null);
  /**
   * All bytes are sent. The finish has their length and their checksum.
   */
  'finish'?: (_files_UploadFinish__Output | null);
  /**
   * The first message is the start, and the last one is the finish. All others are chunks.
   */
  'part'?: "start"|"chunk"|"finish";
}
