// work-queue: Send a worker no more jobs than its window, and the next one when it has answered.
//
// With `window` a worker says how many jobs it can hold. With `ack` it says that it has done one. It may change its window at any time. This
// handler sends all jobs at once, so a worker with little memory fails, and the other workers get nothing. Change it.
import { workQueue } from '../harness.ts';

/** @param ids the jobs, in the order in which they are to be sent; each with a lease of its own */
export function slotsService(ids: readonly string[]) {
  const waiting = [...ids];
  return workQueue({
    async *Work(requests) {
      for await (const { window } of requests) {
        if (!window) continue;
        let lease = 0;
        for (const id of waiting.splice(0)) yield { job: { id, lease: ++lease } };
      }
    },
  });
}
