// retry: Call again when a server is away, but not when it is overloaded.
//
// This function makes up to three attempts of each call, and each call has tokens of its own. If the server fails because it has too many calls, it now
// gets three times as many. Give all calls together one budget, as gRPC does:
// 1. The budget has `most` tokens at first. An attempt that fails with UNAVAILABLE takes one token, down to 0. An attempt that succeeds gives back
//    `ratio` of a token, up to `most`.
// 2. Make another attempt only after UNAVAILABLE, and only while there is more than half of `most`. Make at most three attempts of a call.
// 3. Otherwise throw the error. Errors other than UNAVAILABLE do not change the budget.
//
// You need: import { status } from '@grpc/grpc-js', and { StatusError } from 'grpc-iterables'.
const ATTEMPTS = 3;

/** Returns a function that makes calls, with one budget for all of them. */
export function retrying(most: number, ratio: number) {
  return async function call<Response>(attempt: () => Promise<Response>): Promise<Response> {
    let tokens = most;
    for (let made = 1; ; made++) {
      try {
        const response = await attempt();
        tokens += ratio;
        return response;
      } catch (error) {
        tokens--;
        if (made === ATTEMPTS || tokens <= most / 2) throw error;
      }
    }
  };
}
