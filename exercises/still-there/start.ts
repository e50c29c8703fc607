// between: Notice that the server is gone, although the connection says nothing.
//
// The server sends a beat when it has nothing else to send. So a client that gets neither messages nor beats knows that nobody is there any more. This
// function looks at the time only when a message comes. If none comes, it waits for ever. Change it:
// 1. If neither a message nor a beat comes for `longest` milliseconds, throw a StatusError with UNAVAILABLE. Each message and each beat begins the time
//    again. The time in which the caller works on a message does not count.
// 2. At every ending call `return` of the iterator, so that the call is cancelled. Do not wait for it: a silent stream may never answer.
// 3. Leave no timer behind, because a timer keeps the process alive.
//
// `delay` of 'node:timers/promises' (import { setTimeout as delay }) takes a `signal` that ends it.
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

export async function* withoutBeats<Message>(
  messages: AsyncIterable<Message>,
  isBeat: (message: Message) => boolean,
  longest: number,
): AsyncGenerator<Message> {
  let last = Date.now();
  for await (const message of messages) {
    if (Date.now() - last > longest)
      throw new StatusError(status.UNAVAILABLE, `nothing was received for ${longest} ms`);
    last = Date.now();
    if (!isBeat(message)) yield message;
  }
}
