// Original file: grpc/reflection/v1/reflection.proto


/**
 * Files, each as the bytes of a google.protobuf.FileDescriptorProto.
 */
export interface FileDescriptorResponse {
  /**
   * The file that was asked for comes first. Imports that were sent in this stream before are left out.
   */
  'fileDescriptorProto'?: (Buffer | Uint8Array | string)[];
}

/**
 * Files, each as the bytes of a google.protobuf.FileDescriptorProto.
 */
export interface FileDescriptorResponse__Output {
  /**
   * The file that was asked for comes first. Imports that were sent in this stream before are left out.
   */
  'fileDescriptorProto': (Buffer)[];
}
