// What a terminal shows, as a terminal emulator draws it.
import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { describe, test } from 'node:test';
import xterm from '@xterm/headless';
import { newScreen } from './screen.ts';

const COLUMNS = 20;

function startScreen() {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: 10, allowProposedApi: true });
  const output = new Writable({
    write: (chunk, _, done) =>
      terminal.write(String(chunk).replaceAll('\n', '\r\n').replaceAll('\r\r', '\r'), done),
  });
  const keyboard = new PassThrough();
  let interrupted = 0;
  let suspended = 0;
  let isRaw = false;
  const screen = newScreen(
    Object.assign(keyboard, { isTTY: true, setRawMode: (raw: boolean) => (isRaw = raw) }),
    Object.assign(output, { isTTY: true, columns: COLUMNS, rows: 10 }),
    { interrupt: () => interrupted++, suspend: () => suspended++ },
  );
  const typed: string[] = [];
  void (async () => {
    for await (const line of screen.lines) typed.push(line);
  })();
  const settled = () => new Promise<void>((resolve) => setImmediate(() => output.write('', () => resolve())));
  return {
    screen,
    typed,
    interrupted: () => interrupted,
    suspended: () => suspended,
    isRaw: () => isRaw,
    async press(keys: string) {
      keyboard.write(keys);
      await settled();
    },
    async show(line: string) {
      await screen.show(line);
      await settled();
    },
    /** The lines on the screen, and where the cursor is. */
    picture() {
      const { active } = terminal.buffer;
      const lines = Array.from(
        { length: 10 },
        (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
      );
      return { lines: lines.join('\n').trimEnd().split('\n'), column: active.cursorX, row: active.cursorY };
    },
  };
}

describe('on a terminal, what others say', () => {
  test('appears above the line that the user is typing, which stays as it was', async (t) => {
    const { screen, press, show, picture, typed } = startScreen();
    t.after(screen.close);
    await press('hel');
    await show('Ann: hi');
    assert.deepEqual(picture(), { lines: ['Ann: hi', '> hel'], column: 5, row: 1 });
    await press('lo\r');
    assert.deepEqual(typed, ['hello']);
    await show('Bob: hi');
    assert.deepEqual(picture().lines, ['Ann: hi', '> hello', 'Bob: hi', '>']);
  });
  test('leaves the cursor where it was, in the middle of the line', async (t) => {
    const { screen, press, show, picture, typed } = startScreen();
    t.after(screen.close);
    await press('hello\u001b[D\u001b[D');
    await show('Ann: hi');
    assert.deepEqual(picture(), { lines: ['Ann: hi', '> hello'], column: 5, row: 1 });
    await press('_');
    await press('\r');
    assert.deepEqual(typed, ['hel_lo']);
  });
  test('does not damage a line that takes several rows', async (t) => {
    const { screen, press, show, picture } = startScreen();
    t.after(screen.close);
    await press('abcdefghijklmnopqrstuvwxyz');
    await show('Ann: hi');
    await show('Ann: a line that is longer than the screen');
    assert.deepEqual(picture().lines, [
      'Ann: hi',
      'Ann: a line that is ',
      'longer than the scre',
      'en',
      '> abcdefghijklmnopqr',
      'stuvwxyz',
    ]);
  });
  for (const [how, keys] of [
    ['typed', [...'abcdefghijklmnopqr']],
    ['pasted', ['abcdefghijklmnopqr']],
  ] as const) {
    test(`does not erase others when a line that is ${how} fills the row exactly`, async (t) => {
      const { screen, press, show, picture, typed } = startScreen();
      t.after(screen.close);
      await show('Ann: one');
      for (const key of keys) await press(key);
      await show('Ann: two');
      await show('Ann: three');
      const lines = ['Ann: one', 'Ann: two', 'Ann: three', '> abcdefghijklmnopqr'];
      assert.deepEqual(picture(), { lines, column: 0, row: 4 });
      await press('s\r');
      assert.deepEqual(typed, ['abcdefghijklmnopqrs']);
    });
  }
  test('leaves the cursor where it was in a line that reaches the bottom of the screen', async (t) => {
    const { screen, press, show, picture } = startScreen();
    t.after(screen.close);
    for (let number = 1; number <= 9; number++) await show(String(number));
    for (const key of 'abcdefghijklmnopqrstuvwxyz') await press(key);
    for (let count = 0; count < 20; count++) await press('\u001b[D');
    await show('Ann: hi');
    assert.deepEqual(picture().lines.slice(-3), ['Ann: hi', '> abcdefghijklmnopqr', 'stuvwxyz']);
    await press('_');
    assert.deepEqual(picture().lines.slice(-3), ['Ann: hi', '> abcdef_ghijklmnopq', 'rstuvwxyz']);
  });
  test('Ctrl-C interrupts', async (t) => {
    const { screen, press, interrupted } = startScreen();
    t.after(screen.close);
    await press('\u0003');
    assert.equal(interrupted(), 1);
  });
  test('Ctrl-Z gives the terminal back to the shell, and after `fg` the line is there again', async (t) => {
    const { screen, press, picture, suspended, isRaw } = startScreen();
    t.after(screen.close);
    await press('hel');
    await press('\u001a');
    assert.deepEqual([suspended(), isRaw()], [1, false]);
    process.emit('SIGCONT', 'SIGCONT');
    await press('lo');
    assert.equal(isRaw(), true);
    assert.deepEqual(picture().lines, ['> hello']);
  });
});
