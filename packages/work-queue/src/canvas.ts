import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import type { WriteStream } from 'node:tty';

/** Draws lines over the lines that it drew before. */
export interface Canvas {
  /** Whether it can draw over lines. In a file or a pipe all lines come one after the other. */
  readonly live: boolean;
  draw(lines: string[]): void;
}

export function newCanvas(output: WriteStream): Canvas {
  const live = output.isTTY === true;
  let drawn = 0;
  return {
    live,
    draw(lines) {
      // A terminal may not know its size.
      const height = (output.rows || 24) - 1;
      // What does not fit would scroll, and then the cursor would not find its way back.
      const shown = live ? lines.slice(0, height).map((line) => line.slice(0, output.columns || 80)) : lines;
      if (live) {
        moveCursor(output, 0, -Math.min(drawn, height));
        cursorTo(output, 0);
        clearScreenDown(output);
      }
      output.write(`${shown.join('\n')}\n`);
      drawn = shown.length;
    },
  };
}
