// The writer must not wait, so something else has to give way at the limit. Here it is the reader: its call ends with a clear status.
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

export class Outbox<Message> {
  readonly limit: number;
  /** The messages that are not read yet. */
  readonly waiting: Message[] = [];
  private isTooSlow = false;
  private wake = () => {};

  constructor(limit: number) {
    this.limit = limit;
  }

  put(message: Message): void {
    if (this.waiting.length === this.limit) this.isTooSlow = true;
    if (this.isTooSlow) this.waiting.length = 0;
    else this.waiting.push(message);
    this.wake();
  }

  async *read(): AsyncGenerator<Message> {
    for (;;) {
      if (this.isTooSlow)
        throw new StatusError(status.RESOURCE_EXHAUSTED, `more than ${this.limit} messages were waiting`);
      const message = this.waiting.shift();
      if (message !== undefined) yield message;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}
