/** Wakes one task that waits, or that is about to. */
export interface Bell {
  ring(): void;
  /** Resolves with true when it has rung since this was last called, and with false after so many milliseconds without. */
  rung(milliseconds: number): Promise<boolean>;
}

export function newBell(): Bell {
  let rang = false;
  let wake: ((rang: boolean) => void) | undefined;
  return {
    ring() {
      rang = true;
      wake?.(true);
    },
    async rung(milliseconds) {
      if (!rang) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<boolean>((resolve) => {
          wake = resolve;
          timer = setTimeout(resolve, milliseconds, false);
        });
        clearTimeout(timer);
        wake = undefined;
      }
      const result = rang;
      rang = false;
      return result;
    },
  };
}
