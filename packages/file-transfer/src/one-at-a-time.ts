/** Runs actions with the same key one after the other. */
export function oneAtATime() {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(key: string, action: () => Promise<Result>): Promise<Result> => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(action, action);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
