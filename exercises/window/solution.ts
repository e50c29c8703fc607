// If you keep something of a stream that never ends, it needs a limit.
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
        const last: number[] = [];
        for await (const { number } of requests) {
          if (!last.includes(number)) yield { number };
          last.push(number);
          if (last.length > size) last.shift();
        }
      },
    },
  );
}
