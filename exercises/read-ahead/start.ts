// grpc-iterables-inside: Stop reading ahead when the unread messages have too many bytes.
//
// Messages arrive because you ask for them: one call of `ask` brings one message, some time later. This queue asks for the next message as soon as
// one has arrived. So a slow reader fills the memory. Change it:
// 1. A message that is not read counts with its bytes, and with 256 more, because an empty message also takes memory.
// 2. While the unread messages count for less than `limit`, ask for the next message when one has arrived. At the limit, do not ask.
// 3. When the reader has taken so many that they count for half of the limit or less, ask again.
// 4. Never ask twice for one message.
export class ReadAhead {
  readonly limit: number;
  readonly ask: () => void;
  private readonly unread: Buffer[] = [];
  private wake = () => {};

  constructor(limit: number, ask: () => void) {
    this.limit = limit;
    this.ask = ask;
    ask();
  }

  /** A message has arrived. */
  arrived(message: Buffer): void {
    this.unread.push(message);
    this.ask();
    this.wake();
  }

  /** The oldest message that is not read. Waits until there is one. */
  async read(): Promise<Buffer> {
    for (;;) {
      const message = this.unread.shift();
      if (message) return message;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
