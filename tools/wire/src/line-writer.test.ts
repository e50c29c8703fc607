import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { LineWriter } from './line-writer.ts';

test('lines that come faster than they are taken are left out, and counted', async () => {
  const taken: string[] = [];
  let release = () => {};
  const slow = new Writable({
    writev(chunks, done) {
      release = () => {
        taken.push(...chunks.map(({ chunk }) => String(chunk).trimEnd()));
        done();
      };
      if (taken.length > 0) release();
    },
    write(chunk, _, done) {
      release = () => {
        taken.push(String(chunk).trimEnd());
        done();
      };
    },
  });
  const lines = new LineWriter(slow, (count) => `${count} left out`);
  const line = 'x'.repeat(2 ** 20);
  for (let count = 0; count < 100; count++) lines.write(line);
  assert.ok(slow.writableLength < 40 * 2 ** 20, `${slow.writableLength} bytes wait`);
  const closed = lines.close();
  release();
  await closed;
  assert.equal(taken.filter((one) => one === line).length + Number.parseInt(taken.at(-1) ?? '', 10), 100);
});
