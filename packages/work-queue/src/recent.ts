/** The ids of the last minutes. */
export interface Recent {
  has(id: string): boolean;
  add(id: string): void;
}

/** Remembers each id for at least `milliseconds`, and for twice as long at most. */
export function newRecent(milliseconds: number, now: () => number = () => performance.now()): Recent {
  let current = new Set<string>();
  let previous = new Set<string>();
  let since = now();

  function turnOver(): void {
    const age = now() - since;
    if (age < milliseconds) return;
    previous = age < 2 * milliseconds ? current : new Set();
    current = new Set();
    since = now();
  }
  return {
    has(id) {
      turnOver();
      return current.has(id) || previous.has(id);
    },
    add(id) {
      turnOver();
      current.add(id);
    },
  };
}
