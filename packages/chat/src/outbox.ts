/** A message on its way to the server. */
export interface Unacknowledged {
  readonly number: number;
  readonly text: string;
}

/** The messages of a client, kept until the server has acknowledged them. */
export interface Outbox {
  /** Resolves when there is room for more: at once, unless `limit` messages wait for their acknowledgement. */
  add(text: string): Promise<void>;
  /** The server has all messages up to this number. */
  acknowledge(upTo: number): void;
  /** The message after `number` that is not acknowledged; undefined: none yet. */
  after(number: number): Unacknowledged | undefined;
  /** How many the server has not acknowledged. */
  size(): number;
}

/** @param onAdded called after each `add` */
export function newOutbox(limit: number, onAdded: () => void): Outbox {
  const waiting: Unacknowledged[] = [];
  let added = 0;
  let room: { promise: Promise<void>; made(): void } | undefined;

  function noRoom(): NonNullable<typeof room> {
    let made = () => {};
    const promise = new Promise<void>((resolve) => {
      made = resolve;
    });
    return { promise, made };
  }

  return {
    add(text) {
      waiting.push({ number: ++added, text });
      onAdded();
      if (waiting.length >= limit) room ??= noRoom();
      return room?.promise ?? Promise.resolve();
    },
    acknowledge(upTo) {
      const oldest = waiting[0]?.number ?? Number.POSITIVE_INFINITY;
      if (upTo < oldest) return;
      waiting.splice(0, upTo - oldest + 1);
      if (waiting.length >= limit) return;
      room?.made();
      room = undefined;
    },
    // They are numbered without gaps.
    after: (number) => waiting[Math.max(0, number + 1 - (waiting[0]?.number ?? 0))],
    size: () => waiting.length,
  };
}
