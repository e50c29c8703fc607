/** How many letters must be added, removed or replaced to turn one name into the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1];
    for (let index = 0; index < to.length; index++) {
      const replaced = (row[index] ?? 0) + (letter === to[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** `; did you mean NAME?` for the most similar of `names`, or nothing if none is similar. */
export function didYouMean(written: string, names: string[]): string {
  const far = (name: string) => distance(written.toLowerCase(), name.toLowerCase());
  const [nearest] = names.toSorted((one, other) => far(one) - far(other));
  if (nearest === undefined || far(nearest) > written.length / 3) return '';
  return `; did you mean ${nearest}?`;
}
