import type { Service } from 'grpc-iterables';
import type { Stage } from './stage.ts';

/** A call that is recorded for a picture. */
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
