// Original file: file_transfer.proto


/**
 * Asks for all files.
 */
export interface ListRequest {
}

/**
 * Asks for all files.
 */
export interface ListRequest__Output {
}
