// Original file: google/rpc/error_details.proto


/**
 * One place to read on.
 */
export interface _google_rpc_Help_Link {
  /**
   * What the link offers.
   */
  'description'?: (string);
  /**
   * An absolute URL.
   */
  'url'?: (string);
}

/**
 * One place to read on.
 */
export interface _google_rpc_Help_Link__Output {
  /**
   * What the link offers.
   */
  'description': (string);
  /**
   * An absolute URL.
   */
  'url': (string);
}

/**
 * Where to read on.
 */
export interface Help {
  /**
   * At least one.
   */
  'links'?: (_google_rpc_Help_Link)[];
}

/**
 * Where to read on.
 */
export interface Help__Output {
  /**
   * At least one.
   */
  'links': (_google_rpc_Help_Link__Output)[];
}
