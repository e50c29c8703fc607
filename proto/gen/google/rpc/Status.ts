// Original file: google/rpc/status.proto

import type { Any as _google_protobuf_Any, Any__Output as _google_protobuf_Any__Output } from '../../google/protobuf/Any.ts';

/**
 * An error with more to say than a code and a text. gRPC carries it, serialized, in the trailer
 * grpc-status-details-bin.
 */
export interface Status {
  /**
   * The gRPC status code, 0 to 16; the same as in the trailer grpc-status.
   */
  'code'?: (number);
  /**
   * For developers, in English; the same as in the trailer grpc-message.
   */
  'message'?: (string);
  /**
   * What else a program can know of the error: any of the messages of error_details.proto, or one's own.
   */
  'details'?: (_google_protobuf_Any)[];
}

/**
 * An error with more to say than a code and a text. gRPC carries it, serialized, in the trailer
 * grpc-status-details-bin.
 */
export interface Status__Output {
  /**
   * The gRPC status code, 0 to 16; the same as in the trailer grpc-status.
   */
  'code': (number);
  /**
   * For developers, in English; the same as in the trailer grpc-message.
   */
  'message': (string);
  /**
   * What else a program can know of the error: any of the messages of error_details.proto, or one's own.
   */
  'details': (_google_protobuf_Any__Output)[];
}
