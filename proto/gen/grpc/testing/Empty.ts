// Original file: interop.proto


/**
 * No bytes at all.
 */
export interface Empty {
}

/**
 * No bytes at all.
 */
export interface Empty__Output {
}
