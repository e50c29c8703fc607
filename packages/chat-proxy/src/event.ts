/** Something to wait for, and the means to say that it has happened. */
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
