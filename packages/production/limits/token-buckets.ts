interface Bucket {
  tokens: number;
  /** When `tokens` was right. */
  time: number;
}

/** How many buckets are kept before those that are full are looked for. */
const FEW = 1000;

/**
 * A token bucket for each key. A bucket holds `burst` tokens, and gets `rate` new ones a second.
 *
 * A full bucket contains no information, so it is dropped. So memory is bounded by the keys of the last seconds.
 *
 * @returns a function that takes a token, and returns 0, or after how many milliseconds there will be one
 */
export function tokenBuckets(rate: number, burst: number, now = () => performance.now()) {
  const buckets = new Map<string, Bucket>();
  let sweepAt = FEW;

  const tokensOf = ({ tokens, time }: Bucket) => Math.min(burst, tokens + ((now() - time) * rate) / 1000);
  function sweep(): void {
    for (const [key, bucket] of buckets) if (tokensOf(bucket) >= burst) buckets.delete(key);
    // The next sweep comes after twice as many, so its cost is shared by all new buckets.
    sweepAt = Math.max(FEW, buckets.size * 2);
  }

  function take(key: string): number {
    let bucket = buckets.get(key);
    if (!bucket) {
      if (buckets.size >= sweepAt) sweep();
      bucket = { tokens: burst, time: now() };
      buckets.set(key, bucket);
    }
    bucket.tokens = tokensOf(bucket);
    bucket.time = now();
    if (bucket.tokens < 1) return ((1 - bucket.tokens) / rate) * 1000;
    bucket.tokens--;
    return 0;
  }
  return { take, size: () => buckets.size };
}
