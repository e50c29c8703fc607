// Original file: grpc/reflection/v1/reflection.proto


/**
 * Files, each as the bytes of a google.protobuf.FileDescriptorProto.
 */
export interface FileDescriptorResponse {
  /**
   * A file comes after those that it imports. Files that were sent in this stream before are left out.
   */
  'fileDescriptorProto'?: (Buffer | Uint8Array | string)[];
}

/**
 * Files, each as the bytes of a google.protobuf.FileDescriptorProto.
 */
export interface FileDescriptorResponse__Output {
  /**
   * A file comes after those that it imports. Files that were sent in this stream before are left out.
   */
  'fileDescriptorProto': (Buffer)[];
}
