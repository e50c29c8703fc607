// limits: Limit how many messages a client may send, and say when it may send again.
//
// This limit counts the messages of each second of the clock. So a client can send all messages of one second at its end, and all messages of the next
// second at its beginning: twice the limit at once. Make it a token bucket:
// 1. Each client has a bucket of its own. It holds `burst` tokens, and it is full at first.
// 2. A bucket gets `rate` tokens a second, little by little: half a token after half the time. It never holds more than `burst`.
// 3. `take` takes one token and returns 0. If there is less than one token, `take` takes nothing, and returns the milliseconds until there is one.
//
// `now()` is the time in milliseconds. Use no timer.
export function limiter(rate: number, burst: number, now: () => number) {
  const counts = new Map<string, number>();
  let second = 0;
  return function take(client: string): number {
    const current = Math.floor(now() / 1000);
    if (current !== second) counts.clear();
    second = current;
    const count = counts.get(client) ?? 0;
    if (count >= Math.min(rate, burst)) return 1000;
    counts.set(client, count + 1);
    return 0;
  };
}
