import { once } from 'node:events';
import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What the keys do that a terminal does not turn into signals any more, because readline controls it. */
export interface Keys {
  /** Ctrl-C. */
  interrupt(): void;
  /** Ctrl-Z. Returns before the process stops. */
  suspend(): void;
}

/** Where the user types lines, and lines of others appear. */
export interface Screen {
  /** Lines as they are typed; ends with the input. */
  readonly lines: AsyncIterable<string>;
  /** Asks for one line. */
  ask(question: string): Promise<string>;
  /** Shows a line above the one that is being typed. */
  show(line: string): Promise<void>;
  close(): void;
}

/** A screen on a terminal. On pipes it only reads and writes lines. */
export function newScreen(
  input: Readable & { setRawMode?(raw: boolean): unknown },
  output: Writable & { isTTY?: boolean },
  { interrupt, suspend }: Keys,
): Screen {
  const terminal = output.isTTY === true && 'isTTY' in input && input.isTTY === true;
  const prompt = createInterface({ input, output: terminal ? output : undefined, terminal, prompt: '> ' });
  prompt.on('SIGINT', interrupt);
  prompt.on('SIGTSTP', () => {
    process.once('SIGCONT', () => {
      input.setRawMode?.(true);
      prompt.prompt(true);
    });
    input.setRawMode?.(false);
    suspend();
  });
  const typed = prompt[Symbol.asyncIterator]();

  function endOfTyping(): { rows: number; cols: number } {
    const { cursor, line } = prompt;
    Object.assign(prompt, { cursor: line.length });
    const end = prompt.getCursorPos();
    Object.assign(prompt, { cursor });
    return end;
  }

  async function show(line: string): Promise<void> {
    if (terminal) showAbove(line);
    else output.write(`${line}\n`);
    if (output.writableNeedDrain) await once(output, 'drain');
  }

  /**
   * Clears the text that the user is typing, and draws it again below the new line. readline does not know about this, so the cursor
   * must end where readline believes it to be.
   */
  function showAbove(line: string): void {
    const cursor = prompt.getCursorPos();
    // When a row is exactly full, a terminal leaves the cursor in it until the next character. readline is in the next row already.
    if (cursor.cols === 0) output.write(' \r');
    moveCursor(output, 0, -cursor.rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    const end = endOfTyping();
    output.write(`${line}\n${prompt.getPrompt()}${prompt.line}${end.cols === 0 ? ' \r' : ''}`);
    // At the end of the line the cursor is already right, even if the terminal draws an emoji wider than readline thinks.
    if (prompt.cursor === prompt.line.length) return;
    moveCursor(output, 0, cursor.rows - end.rows);
    cursorTo(output, cursor.cols);
  }

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
