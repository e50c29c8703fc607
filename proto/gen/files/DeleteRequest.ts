// Original file: file_transfer.proto


/**
 * Asks for a file to be deleted.
 */
export interface DeleteRequest {
  /**
   * Its name.
   */
  'name'?: (string);
}

/**
 * Asks for a file to be deleted.
 */
export interface DeleteRequest__Output {
  /**
   * Its name.
   */
  'name': (string);
}
