/**
 * Keeps prices between a market that does not wait and a client that may read slowly.
 *
 * Only the latest price of each share is kept. So a slow client misses old prices, and memory does not grow.
 */
export class LatestPrices {
  private readonly prices = new Map<string, number>();
  private ended = false;
  /** Ends the wait in `read`. */
  private wake = () => {};

  set(share: string, price: number): void {
    this.prices.set(share, price);
    this.wake();
  }

  remove(share: string): void {
    this.prices.delete(share);
  }

  /** Makes `read` return. */
  end(): void {
    this.ended = true;
    this.wake();
  }

  /** Yields each share that has a new price, and waits while there is none. */
  async *read(): AsyncGenerator<{ share: string; price: number }> {
    while (!this.ended) {
      const [oldest] = this.prices;
      if (oldest === undefined) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      } else {
        const [share, price] = oldest;
        this.prices.delete(share);
        yield { share, price };
      }
    }
  }
}
