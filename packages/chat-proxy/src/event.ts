/** A promise, and the function that resolves it. */
export interface Event {
  readonly happened: Promise<void>;
  happen(): void;
}

export function newEvent(): Event {
  let happen = () => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}
