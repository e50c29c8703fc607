// Original file: file_transfer.proto


/**
 * Asks about an upload.
 */
export interface QueryUploadRequest {
  /**
   * As in UploadStart.
   */
  'uploadId'?: (string);
  /**
   * As in UploadStart.
   */
  'name'?: (string);
}

/**
 * Asks about an upload.
 */
export interface QueryUploadRequest__Output {
  /**
   * As in UploadStart.
   */
  'uploadId': (string);
  /**
   * As in UploadStart.
   */
  'name': (string);
}
