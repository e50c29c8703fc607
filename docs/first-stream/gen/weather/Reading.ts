// Original file: weather.proto


export interface Reading {
  'celsius'?: (number | string);
}

export interface Reading__Output {
  'celsius': (number);
}
