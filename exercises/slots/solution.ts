// Each change that frees a place arrives in a request. So one loop can read the requests and send the jobs.
import { workQueue } from '../harness.ts';

/** @param ids the jobs, in the order in which they are to be sent; each with a lease of its own */
export function slotsService(ids: readonly string[]) {
  const waiting = [...ids];
  return workQueue({
    async *Work(requests) {
      let size = 0;
      let held = 0;
      let lease = 0;
      for await (const { window, ack } of requests) {
        if (window) size = window.jobs;
        if (ack) held--;
        while (held < size) {
          const id = waiting.shift();
          if (id === undefined) break;
          held++;
          yield { job: { id, lease: ++lease } };
        }
      }
    },
  });
}
