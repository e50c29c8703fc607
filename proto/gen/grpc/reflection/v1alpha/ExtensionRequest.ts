// Original file: grpc/reflection/v1alpha/reflection_v1alpha.proto


/**
 * An extension by its number.
 */
export interface ExtensionRequest {
  /**
   * The full name of the message type that is extended.
   */
  'containingType'?: (string);
  /**
   * The number of the field.
   */
  'extensionNumber'?: (number);
}

/**
 * An extension by its number.
 */
export interface ExtensionRequest__Output {
  /**
   * The full name of the message type that is extended.
   */
  'containingType': (string);
  /**
   * The number of the field.
   */
  'extensionNumber': (number);
}
