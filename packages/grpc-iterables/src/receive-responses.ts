import * as grpc from '@grpc/grpc-js';
import { CALL_OVER, failureOf } from './client-call.ts';
import { type MessageQueue, messageQueue } from './message-queue.ts';

/**
 * In bytes: as much as one HTTP/2 stream may send before it is read.
 *
 * Reading ahead is more than speed. When a call fails, grpc-js throws away whatever its transport holds unread
 * (`maybeOutputStatus` in its subchannel-call.ts), though the server sent it before the error. What is
 * read ahead is safe.
 */
const READ_AHEAD = 64 * 1024;

// A message's compressed flag and length, which flow control counts too.
const PREFIX = 5;

/** A deserializer that notes the size of each message, and the sizes in the order of arrival. */
export interface Measured {
  readonly deserialize: grpc.deserialize<unknown>;
  readonly sizes: number[];
}

/** Lets the queue of responses be bounded in bytes, which only the deserializer gets to see. */
export function measured(deserialize: grpc.deserialize<unknown>): Measured {
  const sizes: number[] = [];
  return {
    sizes,
    deserialize: (bytes) => {
      sizes.push(PREFIX + bytes.length);
      return deserialize(bytes);
    },
  };
}

type ResponseCall = grpc.ClientReadableStream<unknown> | grpc.ClientDuplexStream<unknown, unknown>;

/**
 * The responses of a server streaming or bidirectional call, on the client.
 *
 * Ends when the server sent all of them and then OK; any other status is thrown after the responses that
 * came before it. A caller that aborts `signal` gets nothing more.
 *
 * @param over is aborted here when the call has ended, in whatever way
 * @param leave cancels the call, for a caller that left the loop
 */
export function receiveResponses(
  call: ResponseCall,
  sizes: number[],
  signal: AbortSignal | undefined,
  over: AbortController,
  leave: () => void,
): MessageQueue<unknown> {
  const responses = messageQueue<unknown>(
    {
      pause: () => call.pause(),
      resume: () => call.resume(),
      abandon: leave,
    },
    READ_AHEAD,
  );
  const push = (response: unknown) => responses.push(response, sizes.shift() ?? 0);

  call.on('data', push);
  // Every error comes as a status too, but without a listener it would end the process.
  call.on('error', () => {});
  call.once('status', (status) => {
    if (status.code === grpc.status.OK) {
      readRest(call, push);
      responses.finish();
    } else {
      const failure = failureOf(status, signal);
      if (signal?.aborted) {
        responses.abort(failure);
      } else {
        readRest(call, push);
        responses.finish(failure);
      }
    }
    over.abort(CALL_OVER);
  });
  return responses;
}

/** grpc-js reports the status when it has handed over the last message, which the call may still hold. */
function readRest(call: ResponseCall, push: (response: unknown) => void): void {
  call.off('data', push);
  for (let response = call.read(); response !== null; response = call.read()) push(response);
}
