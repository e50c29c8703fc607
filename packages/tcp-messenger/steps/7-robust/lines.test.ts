import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Line, readLines } from './lines.ts';

async function linesOf(chunks: Buffer[], limit = 10): Promise<Line[]> {
  const lines: Line[] = [];
  async function* stream() {
    yield* chunks;
  }
  for await (const line of readLines(stream(), limit)) lines.push(line);
  return lines;
}

const texts = (...all: string[]) => all.map((text) => ({ text }));
const TOO_LONG = { fault: 'a line has at most 10 bytes' };

describe('lines', () => {
  test('are the same wherever the packets are cut', async () => {
    const bytes = Buffer.from('one\n\u00e9\u00e9\u00e9\r\n\n\u{1f600}\n');
    const expected = texts('one', '\u00e9\u00e9\u00e9', '', '\u{1f600}');
    for (let first = 0; first <= bytes.length; first++) {
      for (let second = first; second <= bytes.length; second++) {
        const chunks = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
        assert.deepEqual(await linesOf(chunks), expected);
      }
    }
  });
  test('over the limit are skipped, wherever the packets are cut', async () => {
    const bytes = Buffer.from('ten bytes.\neleven byte\nok\n');
    const expected = [{ text: 'ten bytes.' }, TOO_LONG, { text: 'ok' }];
    for (let cut = 0; cut <= bytes.length; cut++)
      assert.deepEqual(await linesOf([bytes.subarray(0, cut), bytes.subarray(cut)]), expected);
  });
  test('of any length use no more memory than the limit', async () => {
    const chunk = Buffer.alloc(2 ** 20, 'x');
    async function* endless() {
      for (let sent = 0; sent < 500; sent++) yield chunk;
      yield Buffer.from('\nok\n');
    }
    const before = process.memoryUsage().rss;
    const lines: Line[] = [];
    for await (const line of readLines(endless(), 10)) lines.push(line);
    assert.deepEqual(lines, [TOO_LONG, { text: 'ok' }]);
    assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20);
  });
  test('that are not UTF-8, or have no end, are faults', async () => {
    assert.deepEqual(await linesOf([Buffer.from([0xc3, 0x0a]), Buffer.from('ok\nrest')]), [
      { fault: 'a line is UTF-8' },
      { text: 'ok' },
      { fault: 'the last line has no end' },
    ]);
  });
});
