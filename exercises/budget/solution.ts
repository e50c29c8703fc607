// The tokens belong to all calls together. A few failures leave enough for retries. If most calls fail, the budget is empty, and the retries stop.
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

const ATTEMPTS = 3;

/** Returns a function that makes calls, with one budget for all of them. */
export function retrying(most: number, ratio: number) {
  let tokens = most;
  return async function call<Response>(attempt: () => Promise<Response>): Promise<Response> {
    for (let made = 1; ; made++) {
      try {
        const response = await attempt();
        tokens = Math.min(most, tokens + ratio);
        return response;
      } catch (error) {
        if (!(error instanceof StatusError) || error.code !== status.UNAVAILABLE) throw error;
        tokens = Math.max(0, tokens - 1);
        if (made === ATTEMPTS || tokens <= most / 2) throw error;
      }
    }
  };
}
