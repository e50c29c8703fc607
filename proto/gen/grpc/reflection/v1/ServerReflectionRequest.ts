// Original file: grpc/reflection/v1/reflection.proto

import type { ExtensionRequest as _grpc_reflection_v1_ExtensionRequest, ExtensionRequest__Output as _grpc_reflection_v1_ExtensionRequest__Output } from '../../../grpc/reflection/v1/ExtensionRequest.ts';

/**
 * One question.
 */
export interface ServerReflectionRequest {
  /**
   * The host that the client means; not used.
   */
  'host'?: (string);
  /**
   * The .proto file of this name.
   */
  'fileByFilename'?: (string);
  /**
   * The file that declares this symbol: a service, a method, a message, a field, an enum or an extension.
   */
  'fileContainingSymbol'?: (string);
  /**
   * The file that declares this extension.
   */
  'fileContainingExtension'?: (_grpc_reflection_v1_ExtensionRequest | null);
  /**
   * The numbers of all extensions of the message type of this name.
   */
  'allExtensionNumbersOfType'?: (string);
  /**
   * The names of all services. The text itself means nothing.
   */
  'listServices'?: (string);
  /**
   * What is asked.
   */
  'messageRequest'?: "fileByFilename"|"fileContainingSymbol"|"fileContainingExtension"|"allExtensionNumbersOfType"|"listServices";
}

/**
 * One question.
 */
export interface ServerReflectionRequest__Output {
  /**
   * The host that the client means; not used.
   */
  'host': (string);
  /**
   * The .proto file of this name.
   */
  'fileByFilename'?: (string);
  /**
   * The file that declares this symbol: a service, a method, a message, a field, an enum or an extension.
   */
  'fileContainingSymbol'?: (string);
  /**
   * The file that declares this extension.
   */
  'fileContainingExtension'?: (_grpc_reflection_v1_ExtensionRequest__Output | null);
  /**
   * The numbers of all extensions of the message type of this name.
   */
  'allExtensionNumbersOfType'?: (string);
  /**
   * The names of all services. The text itself means nothing.
   */
  'listServices'?: (string);
  /**
   * What is asked.
   */
  'messageRequest'?: "fileByFilename"|"fileContainingSymbol"|"fileContainingExtension"|"allExtensionNumbersOfType"|"listServices";
}
