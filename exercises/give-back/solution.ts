// `finally` runs at every ending of the call: half-close, cancel, deadline and a lost connection.
import { workQueue } from '../harness.ts';

/** @param ids the jobs, in the order in which they are to be sent */
export function giveBackService(ids: readonly string[]) {
  const waiting = [...ids];
  return workQueue({
    async *Work(requests) {
      let held: string | undefined;
      try {
        for await (const { ack } of requests) {
          if (ack) held = undefined;
          else if (held !== undefined) continue;
          held = waiting.shift();
          if (held !== undefined) yield { job: { id: held, lease: 1 } };
        }
      } finally {
        if (held !== undefined) waiting.unshift(held);
      }
    },
  });
}
