// A call of each kind, and one for each ending that a chapter explains. Each is recorded for a picture.
import { answersEarly, deadline, leftLoop, lineCut, refused, serverThrows, shutsDown } from './endings.ts';
import { bidirectional, clientStreaming, serverStreaming, unary } from './kinds.ts';
import type { Scenario } from './scenario.ts';
import { slowReader } from './slow-reader.ts';
import { cancelledByGrpcJs, cancelledUpload } from './uploads.ts';

export const scenarios: readonly Scenario[] = [
  unary,
  serverStreaming,
  clientStreaming,
  bidirectional,
  leftLoop,
  cancelledUpload,
  cancelledByGrpcJs,
  deadline,
  serverThrows,
  refused,
  answersEarly,
  lineCut,
  shutsDown,
  slowReader,
];
