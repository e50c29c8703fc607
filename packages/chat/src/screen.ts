import { once } from 'node:events';
import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
const SAVE_CURSOR = '\u001b7';
const RESTORE_CURSOR = '\u001b8';

/** Where lines are typed and others appear. */
export interface Screen {
  /** Lines as they are typed; ends with the input. */
  readonly lines: AsyncIterable<string>;
  /** Asks for one line. */
  ask(question: string): Promise<string>;
  /** Shows a line above the one that is being typed. */
  show(line: string): Promise<void>;
  close(): void;
}

/**
 * A screen on a terminal, or on pipes, where it just reads and writes lines.
 *
 * @param interrupt called on Ctrl-C, which a terminal in readline's hands does not turn into SIGINT
 */
export function newScreen(
  input: Readable,
  output: Writable & { isTTY?: boolean },
  interrupt: () => void,
): Screen {
  const terminal = output.isTTY === true && 'isTTY' in input && input.isTTY === true;
  const prompt = createInterface({ input, output: terminal ? output : undefined, terminal, prompt: '> ' });
  prompt.on('SIGINT', interrupt);
  const typed = prompt[Symbol.asyncIterator]();

  async function write(text: string): Promise<void> {
    if (!output.write(text)) await once(output, 'drain');
  }

  // #region show
  async function show(line: string): Promise<void> {
    if (!terminal) return write(`${line}\n`);
    // Everything is drawn anew as it was, one line further down, so that readline, which is not told, still knows where it is.
    moveCursor(output, 0, -prompt.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    const typing = prompt.getPrompt() + prompt.line;
    const cursor = typing.length - prompt.line.length + prompt.cursor;
    await write(`${line}\n${typing.slice(0, cursor)}${SAVE_CURSOR}${typing.slice(cursor)}${RESTORE_CURSOR}`);
  }
  // #endregion show

  return {
    show,
    async ask(question) {
      prompt.setPrompt(question);
      if (terminal) prompt.prompt();
      const { value } = await typed.next();
      prompt.setPrompt('> ');
      return value ?? '';
    },
    lines: {
      async *[Symbol.asyncIterator]() {
        if (terminal) prompt.prompt();
        for await (const line of { [Symbol.asyncIterator]: () => typed }) {
          yield line;
          if (terminal) prompt.prompt();
        }
      },
    },
    close: () => prompt.close(),
  };
}
