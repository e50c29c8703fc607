// A market to follow. It is made up: every price rises by 1 at each change.

/** A function that the market calls with each new price. */
export type Listener = (share: string, price: number) => void;

/** Shares whose prices change while anybody listens. */
export class Market {
  private readonly prices = new Map([
    ['ACME', 100],
    ['BOLT', 20],
  ]);
  private readonly listeners = new Set<Listener>();
  private readonly interval: number;
  private timer: NodeJS.Timeout | undefined;

  /** @param interval the milliseconds between two changes */
  constructor(interval: number) {
    this.interval = interval;
  }

  /** True if the market has this share. */
  has(share: string): boolean {
    return this.prices.has(share);
  }

  /** Calls `listener` with every new price. Returns a function that stops this. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.change(), this.interval);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private change(): void {
    for (const [share, price] of this.prices) {
      this.prices.set(share, price + 1);
      for (const listener of this.listeners) listener(share, price + 1);
    }
  }
}
