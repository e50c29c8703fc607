/** Which messages of each sender were taken, by their numbers. */
export interface Taken {
  /** The highest number of a sender; 0: none. */
  upTo(sender: string): number;
  /** Whether a message is new. It is new only once. A message without a number (0) is always new. */
  take(sender: string, number: number): boolean;
}

// About 10 MB.
const SENDERS = 100_000;

/** Remembers the highest number of the last 100,000 senders that spoke. */
export function newTaken(): Taken {
  const highest = new Map<string, number>();
  const upTo = (sender: string) => highest.get(sender) ?? 0;
  return {
    upTo,
    take(sender, number) {
      if (number === 0) return true;
      const before = upTo(sender);
      highest.delete(sender);
      highest.set(sender, Math.max(before, number));
      if (highest.size > SENDERS) highest.delete(highest.keys().next().value ?? '');
      return number > before;
    },
  };
}
