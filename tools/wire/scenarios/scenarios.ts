// A call of each kind, and one for each ending that a chapter explains. Each is recorded for a picture.
import type { Service } from 'grpc-iterables';
import { answersEarly, deadline, leftLoop, lineCut, serverThrows, shutsDown } from './endings.ts';
import { bidirectional, clientStreaming, serverStreaming, unary } from './kinds.ts';
import { slowReader } from './slow-reader.ts';
import type { Stage } from './stage.ts';
import { cancelledByGrpcJs, cancelledUpload } from './uploads.ts';

export interface Scenario {
  /** Names its files. */
  readonly name: string;
  /** What a reader sees in its picture. */
  readonly title: string;
  readonly services: Service[];
  /** How often it is played until it tells the story of its picture; default: once. */
  readonly tries?: number;
  /** Makes the call, and ends its connection. */
  run(stage: Stage): Promise<void>;
}

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
  answersEarly,
  lineCut,
  shutsDown,
  slowReader,
];
