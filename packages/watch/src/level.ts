/** Lets tasks wait until a number that rises has reached theirs. */
export interface Level {
  rise(to: number): void;
  /** Begins again from a lower number. Callers that wait continue to wait. */
  fallTo(level: number): void;
  /** Resolves when the number is reached. @throws Error if that takes longer than so many milliseconds */
  reached(number: number, timeout: number): Promise<void>;
}

interface Waiting {
  readonly number: number;
  readonly resolve: () => void;
}

export function newLevel(start: number): Level {
  const waiting = new Set<Waiting>();
  let level = start;
  return {
    rise(to) {
      level = to;
      for (const one of waiting) if (one.number <= level) one.resolve();
    },
    fallTo(number) {
      level = number;
    },
    async reached(number, timeout) {
      if (level >= number) return;
      let timer: NodeJS.Timeout | undefined;
      let one: Waiting | undefined;
      try {
        await new Promise<void>((resolve, reject) => {
          one = { number, resolve };
          waiting.add(one);
          timer = setTimeout(() => reject(new Error(`${number} was not reached in ${timeout} ms`)), timeout);
        });
      } finally {
        clearTimeout(timer);
        if (one) waiting.delete(one);
      }
    },
  };
}
