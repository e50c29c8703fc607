// errors: Wait as long as the server says, and not for ever.
//
// A busy server refuses with RESOURCE_EXHAUSTED and a RetryInfo, which says when to come back. This function comes back at once, every
// time, whatever the error was, and so makes the server busier. Mend it:
// 1. Wait for the delay in the RetryInfo, then call again; at most `attempts` calls, then throw the last error.
// 2. An error without RetryInfo is thrown at once: trying again does not help.
// 3. When `signal` aborts, it waits no longer.
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
