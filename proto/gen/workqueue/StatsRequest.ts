// Original file: work_queue.proto


/**
 * Asks for the numbers of the queue.
 */
export interface StatsRequest {
}

/**
 * Asks for the numbers of the queue.
 */
export interface StatsRequest__Output {
}
