// bidi-stream: Send back each number that was not among the last few, and remember no more than those.
//
// Not every request needs a response. This handler remembers every number for as long as the stream lasts. So a stream that never ends
// fills the memory, and a number that returns a day later is dropped. Change it: remember only the last `size` numbers that arrived. Numbers that
// you dropped count, too.
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { StatisticsHandlers } from 'proto/gen/exercises/Statistics';

const { Distinct } = exercises.Statistics.service;

/** @param size a number is dropped if it is equal to one of this many numbers received before it */
export function distinctService(size: number) {
  return defineService<Pick<StatisticsHandlers, 'Distinct'>>(
    { Distinct },
    {
      async *Distinct(requests) {
        const seen = new Set<number>();
        for await (const { number } of requests) {
          if (!seen.has(number)) yield { number };
          if (size > 0) seen.add(number);
        }
      },
    },
  );
}
