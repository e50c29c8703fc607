import { FileError } from './file-error.ts';

/** The right to write an upload. */
export interface Turn {
  /** Aborted when another caller wants to write the same upload. */
  readonly takenOver: AbortSignal;
  /** Lets the next caller write. */
  release(): void;
}

/** Who writes which upload: one caller at a time, the one that came last. */
export interface Writers {
  has(id: string): boolean;
  /** Asks the present writer to stop, and resolves when it has. */
  takeOver(id: string): Promise<Turn>;
  /** Resolves when no upload is being written any more. */
  idle(): Promise<void>;
}

export function newWriters(): Writers {
  const writers = new Map<string, { stop: AbortController; released: Promise<void> }>();
  return {
    has: (id) => writers.has(id),
    async takeOver(id) {
      for (let writer = writers.get(id); writer; writer = writers.get(id)) {
        writer.stop.abort(new FileError('taken-over', 'another call continues this upload'));
        await writer.released;
      }
      const stop = new AbortController();
      let onRelease = () => {};
      const released = new Promise<void>((resolve) => {
        onRelease = resolve;
      });
      writers.set(id, { stop, released });
      return {
        takenOver: stop.signal,
        release() {
          writers.delete(id);
          onRelease();
        },
      };
    },
    async idle() {
      while (writers.size > 0) await Promise.all([...writers.values()].map(({ released }) => released));
    },
  };
}
