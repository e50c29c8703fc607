// chat: Give each reader an outbox with a limit, so that a slow reader does not fill the memory.
//
// A chat puts each message into the outbox of every reader, and never waits. This outbox has no limit. Change it:
// 1. `put` keeps at most `limit` messages that are not read yet. It never waits, and it never throws.
// 2. If a message does not fit, the reader is too slow: `read` throws a StatusError with RESOURCE_EXHAUSTED at its next step, and the
//    messages are forgotten.
// 3. `read` still yields the messages in order, and waits while there is none.
//
// You need: import { status } from '@grpc/grpc-js', and { StatusError } from 'grpc-iterables'.
export class Outbox<Message> {
  readonly limit: number;
  /** The messages that are not read yet. */
  readonly waiting: Message[] = [];
  private wake = () => {};

  constructor(limit: number) {
    this.limit = limit;
  }

  put(message: Message): void {
    this.waiting.push(message);
    this.wake();
  }

  async *read(): AsyncGenerator<Message> {
    for (;;) {
      const message = this.waiting.shift();
      if (message !== undefined) yield message;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}
