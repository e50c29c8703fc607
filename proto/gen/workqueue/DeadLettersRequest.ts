// Original file: work_queue.proto


/**
 * Asks for the dead letters.
 */
export interface DeadLettersRequest {
}

/**
 * Asks for the dead letters.
 */
export interface DeadLettersRequest__Output {
}
