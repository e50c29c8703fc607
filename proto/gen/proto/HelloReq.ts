// Original file: greetering.proto


export interface HelloReq {
  /**
   * Whom to greet: 1 to 40 characters, none of them a control character.
   */
  'name'?: (string);
}

export interface HelloReq__Output {
  /**
   * Whom to greet: 1 to 40 characters, none of them a control character.
   */
  'name': (string);
}
