/** Whether there is room in a store that several servers fill, as far as this one knows. */
export interface Gauge {
  /** Takes up the room, if it is there. */
  take(bytes: number): Promise<boolean>;
}

// In milliseconds: how long the last look at the store counts.
const LOOK_AGAIN = 1000;

/**
 * Looks at the store once a second, and counts what this server adds in between. What other servers add in that second is
 * not known, so the limit may be exceeded by that.
 *
 * @param look finds out how many bytes are in the store
 */
export function newGauge(most: number, look: () => Promise<number>): Gauge {
  let bytes = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function lookNow(): Promise<void> {
    bytes = await look();
    lookedAt = performance.now();
  }
  return {
    async take(wanted) {
      if (performance.now() - lookedAt > LOOK_AGAIN || bytes + wanted > most) {
        looking ??= lookNow().finally(() => {
          looking = undefined;
        });
        await looking;
      }
      if (bytes + wanted > most) return false;
      bytes += wanted;
      return true;
    },
  };
}
