// A bucket needs no timer. How many tokens it has follows from how many it had, and how long ago that was.
export function limiter(rate: number, burst: number, now: () => number) {
  const buckets = new Map<string, { tokens: number; time: number }>();
  return function take(client: string): number {
    const time = now();
    const before = buckets.get(client) ?? { tokens: burst, time };
    const tokens = Math.min(burst, before.tokens + ((time - before.time) * rate) / 1000);
    const isEnough = tokens >= 1;
    buckets.set(client, { tokens: isEnough ? tokens - 1 : tokens, time });
    return isEnough ? 0 : ((1 - tokens) / rate) * 1000;
  };
}
