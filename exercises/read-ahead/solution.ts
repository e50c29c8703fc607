// The queue asks again at half of the limit, and not after every message: so a reader and a writer of the same speed do not stop each other all the
// time.
const OVERHEAD = 256;

export class ReadAhead {
  readonly limit: number;
  readonly ask: () => void;
  private readonly unread: Buffer[] = [];
  private weight = 0;
  private isPaused = false;
  private wake = () => {};

  constructor(limit: number, ask: () => void) {
    this.limit = limit;
    this.ask = ask;
    ask();
  }

  /** A message has arrived. */
  arrived(message: Buffer): void {
    this.unread.push(message);
    this.weight += message.length + OVERHEAD;
    if (this.weight < this.limit) this.ask();
    else this.isPaused = true;
    this.wake();
  }

  /** The oldest message that is not read. Waits until there is one. */
  async read(): Promise<Buffer> {
    for (;;) {
      const message = this.unread.shift();
      if (message) {
        this.weight -= message.length + OVERHEAD;
        if (this.isPaused && this.weight <= this.limit / 2) {
          this.isPaused = false;
          this.ask();
        }
        return message;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
