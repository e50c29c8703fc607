/** First in, first out, in constant time: `Array.shift` moves all that remains. */
export interface Fifo<Item> {
  readonly size: number;
  push(item: Item): void;
  first(): Item | undefined;
  shift(): Item | undefined;
}

export function newFifo<Item>(): Fifo<Item> {
  let items: (Item | undefined)[] = [];
  // Items before this place are gone.
  let start = 0;
  return {
    get size() {
      return items.length - start;
    },
    push: (item) => void items.push(item),
    first: () => items[start],
    shift() {
      if (start === items.length) return undefined;
      const item = items[start];
      items[start++] = undefined;
      if (start > items.length / 2) {
        items = items.slice(start);
        start = 0;
      }
      return item;
    },
  };
}
