// Original file: greetering.proto


/**
 * Who is to be greeted.
 */
export interface HelloReq {
  /**
   * Whom to greet: 1 to 40 characters, none of them a control character.
   */
  'name'?: (string);
}

/**
 * Who is to be greeted.
 */
export interface HelloReq__Output {
  /**
   * Whom to greet: 1 to 40 characters, none of them a control character.
   */
  'name': (string);
}
