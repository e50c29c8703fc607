// Original file: grpc/reflection/v1/reflection.proto


/**
 * The extensions of a message type.
 */
export interface ExtensionNumberResponse {
  /**
   * The full name of the message type.
   */
  'baseTypeName'?: (string);
  /**
   * The numbers of the fields.
   */
  'extensionNumber'?: (number)[];
}

/**
 * The extensions of a message type.
 */
export interface ExtensionNumberResponse__Output {
  /**
   * The full name of the message type.
   */
  'baseTypeName': (string);
  /**
   * The numbers of the fields.
   */
  'extensionNumber': (number)[];
}
