import * as grpc from '@grpc/grpc-js';
import type { StatusError } from './status-error.ts';

/** A deserializer that remembers the one response of a call. */
export function remembered(deserialize: grpc.deserialize<unknown>) {
  const memory: { received?: { response: unknown }; deserialize: grpc.deserialize<unknown> } = {
    deserialize(bytes) {
      const response = deserialize(bytes);
      memory.received = { response };
      return response;
    },
  };
  return memory;
}

/**
 * Whether grpc-js made this failure of an OK: a request was on its way through it when the server's answer ended
 * the stream. No other status than OK can be overwritten like that (`endCall` in its subchannel-call.ts), so with a
 * response at hand the call went well.
 */
export function isWriteAfterAnswer({ code, details }: StatusError): boolean {
  return code === grpc.status.INTERNAL && details === 'Write error: write after end';
}
