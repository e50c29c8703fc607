// work-queue: Give the job of a worker that leaves to the next one.
//
// A worker holds one job at a time: it gets one for each `window` or `ack` that it sends while it holds none. This handler forgets what a
// worker held when its call ends. A worker that is killed takes its job with it.
import { workQueue } from '../harness.ts';

/** @param ids the jobs, in the order in which they are to be sent */
export function giveBackService(ids: readonly string[]) {
  const waiting = [...ids];
  return workQueue({
    async *Work(requests) {
      let held: string | undefined;
      for await (const { ack } of requests) {
        if (ack) held = undefined;
        else if (held !== undefined) continue;
        held = waiting.shift();
        if (held !== undefined) yield { job: { id: held, lease: 1 } };
      }
    },
  });
}
