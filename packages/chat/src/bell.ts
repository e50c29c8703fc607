/** Wakes one task that waits, or that is about to. */
export interface Bell {
  ring(): void;
  /** Resolves when it has rung since this was last called. */
  rung(): Promise<void>;
}

export function newBell(): Bell {
  let rang = false;
  let wake = () => {};
  return {
    ring() {
      rang = true;
      wake();
    },
    async rung() {
      if (!rang) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      rang = false;
    },
  };
}
