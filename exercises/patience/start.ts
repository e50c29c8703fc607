// errors: Call again when the server says so, and not for ever.
//
// A busy server refuses with RESOURCE_EXHAUSTED and a RetryInfo, which says how long to wait. This function calls again at once, after every
// error, and so makes the server busier. Change it:
// 1. Wait as long as the RetryInfo says, and call again. Make at most `attempts` calls. Then throw the last error.
// 2. An error without RetryInfo is thrown at once.
// 3. When `signal` is aborted, stop waiting.
//
// You need: import { setTimeout as delay } from 'node:timers/promises', and { detailsOf } from 'errors'.
import { StatusError } from 'grpc-iterables';

/** What `call` resolves with, once it does. */
export async function patiently<Response>(
  call: () => Promise<Response>,
  attempts: number,
  signal: AbortSignal,
): Promise<Response> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof StatusError) || signal.aborted || attempts === 0) throw error;
    }
  }
}
