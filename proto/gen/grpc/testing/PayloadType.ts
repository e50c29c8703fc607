// Original file: interop.proto

/**
 * What a payload consists of.
 */
export const PayloadType = {
  /**
   * Zeros.
   */
  COMPRESSABLE: 'COMPRESSABLE',
} as const;

/**
 * What a payload consists of.
 */
export type PayloadType =
  /**
   * Zeros.
   */
  | 'COMPRESSABLE'
  | 0

/**
 * What a payload consists of.
 */
export type PayloadType__Output = typeof PayloadType[keyof typeof PayloadType]
