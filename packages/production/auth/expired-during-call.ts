import { status } from '@grpc/grpc-js';
import { detailsOf, richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';

const REASON = 'TOKEN_EXPIRED_DURING_CALL';

/** How the server ends a stream whose token expires. The reason is for the client's code, the text for people. */
export function expiredDuringCall(): StatusError {
  return richStatus(status.UNAUTHENTICATED, 'the token of this call has expired', [
    { type: 'ErrorInfo', reason: REASON, domain: 'grpc-streams', metadata: {} },
  ]);
}

/** Whether a call failed for this reason. The server had accepted the call, so it will accept the call with a new token. */
export function isExpiredDuringCall(error: unknown): boolean {
  if (!(error instanceof StatusError) || error.code !== status.UNAUTHENTICATED) return false;
  return detailsOf(error).some((detail) => detail.type === 'ErrorInfo' && detail.reason === REASON);
}
