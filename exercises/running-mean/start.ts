// bidi-stream: Answer each number with the mean of all numbers so far, before the next one arrives.
//
// This handler waits for the last request before it sends the first response. A client that waits for an answer before it sends the next
// number waits for ever. Change it:
// 1. Answer each number at once.
// 2. Keep no list of the numbers: a million of them must not fill the memory.
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { StatisticsHandlers } from 'proto/gen/exercises/Statistics';

const { Mean } = exercises.Statistics.service;

export function meanService() {
  return defineService<Pick<StatisticsHandlers, 'Mean'>>(
    { Mean },
    {
      async *Mean(requests) {
        const numbers: number[] = [];
        for await (const { number } of requests) numbers.push(number);
        for (let count = 1; count <= numbers.length; count++) {
          const sum = numbers.slice(0, count).reduce((total, number) => total + number, 0);
          yield { mean: sum / count };
        }
      },
    },
  );
}
