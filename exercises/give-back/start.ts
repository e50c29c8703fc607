// work-queue: Give the job of a worker that leaves to the next worker.
//
// A worker has at most one job. It gets one for each `window` or `ack` that it sends while it has none. This handler forgets the job of a worker
// whose call ends. So a worker that is killed takes its job with it. Change it: the job goes to the next worker that asks.
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
