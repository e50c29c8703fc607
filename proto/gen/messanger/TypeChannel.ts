// Original file: messanger.proto

/**
 * Who may talk.
 */
export const TypeChannel = {
  /**
   * Everyone.
   */
  CHAT: 'CHAT',
  /**
   * Its author alone.
   */
  CHANNEL: 'CHANNEL',
} as const;

/**
 * Who may talk.
 */
export type TypeChannel =
  /**
   * Everyone.
   */
  | 'CHAT'
  | 0
  /**
   * Its author alone.
   */
  | 'CHANNEL'
  | 1

/**
 * Who may talk.
 */
export type TypeChannel__Output = typeof TypeChannel[keyof typeof TypeChannel]
