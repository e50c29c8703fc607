// Original file: weather.proto


export interface Place {
  'city'?: (string);
}

export interface Place__Output {
  'city': (string);
}
