// A deadline is a moment, so it can be passed on as it is. A part of the remaining time is a timeout.
import { status } from '@grpc/grpc-js';
import { type IterableClient, type IterableHandlers, StatusError } from 'grpc-iterables';
import type { GreeteringClient, GreeteringHandlers } from 'proto/gen/proto/Greetering';

type Greeter = Pick<IterableClient<GreeteringClient>, 'hello'>;

function isGone(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    (error.code === status.DEADLINE_EXCEEDED || error.code === status.UNAVAILABLE)
  );
}

export function eitherOf(first: Greeter, second: Greeter): IterableHandlers<GreeteringHandlers>['Hello'] {
  return async (request, { signal, deadline }) => {
    const timeout = deadline ? (deadline.getTime() - Date.now()) / 2 : undefined;
    try {
      return await first.hello(request, { signal, timeout });
    } catch (error) {
      if (!isGone(error)) throw error;
      return await second.hello(request, { signal, deadline });
    }
  };
}
