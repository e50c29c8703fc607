// Original file: google/rpc/error_details.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One limit that was hit.
 */
export interface _google_rpc_QuotaFailure_Violation {
  /**
   * Whose limit it is, such as "client:127.0.0.1".
   */
  'subject'?: (string);
  /**
   * The limit and how it was exceeded, for people.
   */
  'description'?: (string);
  /**
   * The service that the limit comes from, where that is another one.
   */
  'apiService'?: (string);
  /**
   * The quantity that is limited, by name.
   */
  'quotaMetric'?: (string);
  /**
   * The limit, by name.
   */
  'quotaId'?: (string);
  /**
   * What the limit is counted by, such as a region.
   */
  'quotaDimensions'?: ({[key: string]: string});
  /**
   * The limit at the time of the failure.
   */
  'quotaValue'?: (number | string | Long);
  /**
   * The limit that is about to replace it, if one is.
   */
  'futureQuotaValue'?: (number | string | Long);
  '_futureQuotaValue'?: "futureQuotaValue";
}

/**
 * One limit that was hit.
 */
export interface _google_rpc_QuotaFailure_Violation__Output {
  /**
   * Whose limit it is, such as "client:127.0.0.1".
   */
  'subject': (string);
  /**
   * The limit and how it was exceeded, for people.
   */
  'description': (string);
  /**
   * The service that the limit comes from, where that is another one.
   */
  'apiService': (string);
  /**
   * The quantity that is limited, by name.
   */
  'quotaMetric': (string);
  /**
   * The limit, by name.
   */
  'quotaId': (string);
  /**
   * What the limit is counted by, such as a region.
   */
  'quotaDimensions': ({[key: string]: string});
  /**
   * The limit at the time of the failure.
   */
  'quotaValue': (string);
  /**
   * The limit that is about to replace it, if one is.
   */
  'futureQuotaValue'?: (string);
  '_futureQuotaValue'?: "futureQuotaValue";
}

/**
 * Which limits on use were hit.
 */
export interface QuotaFailure {
  /**
   * At least one.
   */
  'violations'?: (_google_rpc_QuotaFailure_Violation)[];
}

/**
 * Which limits on use were hit.
 */
export interface QuotaFailure__Output {
  /**
   * At least one.
   */
  'violations': (_google_rpc_QuotaFailure_Violation__Output)[];
}
