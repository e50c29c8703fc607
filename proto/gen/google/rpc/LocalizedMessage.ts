// Original file: google/rpc/error_details.proto


/**
 * A message that may be shown to users.
 */
export interface LocalizedMessage {
  /**
   * A BCP 47 tag, such as "en-US" or "fr-CH".
   */
  'locale'?: (string);
  /**
   * The message in that language.
   */
  'message'?: (string);
}

/**
 * A message that may be shown to users.
 */
export interface LocalizedMessage__Output {
  /**
   * A BCP 47 tag, such as "en-US" or "fr-CH".
   */
  'locale': (string);
  /**
   * The message in that language.
   */
  'message': (string);
}
