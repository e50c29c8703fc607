import type { Service } from 'grpc-iterables';
import type { Stage } from './stage.ts';

/** A call that is recorded for a picture. */
export interface Scenario {
  /** Names its files. */
  readonly name: string;
  /** What a reader sees in its picture. */
  readonly title: string;
  readonly services: Service[];
  /** Whether either side may be the first to end the call: then only what happens before is always the same. */
  readonly eitherEnds?: boolean;
  /** Makes the call, and ends its connection. */
  run(stage: Stage): Promise<void>;
}
