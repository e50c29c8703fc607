// Original file: google/rpc/error_details.proto


/**
 * The thing that was to be used, and could not be.
 */
export interface ResourceInfo {
  /**
   * What sort of thing: a type name, such as "chat room".
   */
  'resourceType'?: (string);
  /**
   * Which one.
   */
  'resourceName'?: (string);
  /**
   * Who owns it, if that helps.
   */
  'owner'?: (string);
  /**
   * What went wrong with it, for people.
   */
  'description'?: (string);
}

/**
 * The thing that was to be used, and could not be.
 */
export interface ResourceInfo__Output {
  /**
   * What sort of thing: a type name, such as "chat room".
   */
  'resourceType': (string);
  /**
   * Which one.
   */
  'resourceName': (string);
  /**
   * Who owns it, if that helps.
   */
  'owner': (string);
  /**
   * What went wrong with it, for people.
   */
  'description': (string);
}
