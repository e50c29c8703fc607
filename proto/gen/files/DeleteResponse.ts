// Original file: file_transfer.proto


/**
 * The file is deleted.
 */
export interface DeleteResponse {
}

/**
 * The file is deleted.
 */
export interface DeleteResponse__Output {
}
