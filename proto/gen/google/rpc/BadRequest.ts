// Original file: google/rpc/error_details.proto

import type { LocalizedMessage as _google_rpc_LocalizedMessage, LocalizedMessage__Output as _google_rpc_LocalizedMessage__Output } from '../../google/rpc/LocalizedMessage.ts';

/**
 * One field with a bad value.
 */
export interface _google_rpc_BadRequest_FieldViolation {
  /**
   * The path of the field, such as "names[2].first".
   */
  'field'?: (string);
  /**
   * Why its value is bad, for people.
   */
  'description'?: (string);
  /**
   * The same for programs: UPPER_SNAKE_CASE.
   */
  'reason'?: (string);
  /**
   * The same for users, in their language.
   */
  'localizedMessage'?: (_google_rpc_LocalizedMessage | null);
}

/**
 * One field with a bad value.
 */
export interface _google_rpc_BadRequest_FieldViolation__Output {
  /**
   * The path of the field, such as "names[2].first".
   */
  'field': (string);
  /**
   * Why its value is bad, for people.
   */
  'description': (string);
  /**
   * The same for programs: UPPER_SNAKE_CASE.
   */
  'reason': (string);
  /**
   * The same for users, in their language.
   */
  'localizedMessage': (_google_rpc_LocalizedMessage__Output | null);
}

/**
 * What is wrong with the request, field by field.
 */
export interface BadRequest {
  /**
   * At least one.
   */
  'fieldViolations'?: (_google_rpc_BadRequest_FieldViolation)[];
}

/**
 * What is wrong with the request, field by field.
 */
export interface BadRequest__Output {
  /**
   * At least one.
   */
  'fieldViolations': (_google_rpc_BadRequest_FieldViolation__Output)[];
}
