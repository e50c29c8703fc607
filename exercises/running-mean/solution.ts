// `yield` inside the loop sends one response for each request. Two numbers are all that has to be kept.
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { StatisticsHandlers } from 'proto/gen/exercises/Statistics';

const { Mean } = exercises.Statistics.service;

export function meanService() {
  return defineService<Pick<StatisticsHandlers, 'Mean'>>(
    { Mean },
    {
      async *Mean(requests) {
        let sum = 0;
        let count = 0;
        for await (const { number } of requests) {
          sum += number;
          count++;
          yield { mean: sum / count };
        }
      },
    },
  );
}
