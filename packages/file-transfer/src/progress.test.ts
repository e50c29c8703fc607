import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseBytes, showBytes } from './byte-size.ts';
import { trackProgress } from './progress.ts';

const MIB = 1024 * 1024;

describe('the progress', () => {
  test('has percent, bytes, rate and time left of all transfers together', () => {
    let time = 0;
    const progress = trackProgress(() => time);
    progress.report('a', 0, 30 * MIB);
    progress.report('b', 0, 10 * MIB);
    assert.equal(progress.line(), '0 %, 0 B of 40.0 MiB, 0 B/s, waiting');
    time = 2000;
    progress.report('a', 10 * MIB, 30 * MIB);
    progress.report('b', 10 * MIB, 10 * MIB);
    assert.equal(progress.line(), '50 %, 20.0 MiB of 40.0 MiB, 10.0 MiB/s, 2 s left');
    assert.equal(progress.fraction(), 0.5);
  });
  test('does not count as rate what was there before', () => {
    let time = 0;
    const progress = trackProgress(() => time);
    progress.report('a', 90 * MIB, 100 * MIB);
    time = 1000;
    progress.report('a', 91 * MIB, 100 * MIB);
    assert.equal(progress.line(), '91 %, 91.0 MiB of 100.0 MiB, 1.0 MiB/s, 9 s left');
  });
  test('shows the rate of the last seconds, not of hours', () => {
    let time = 0;
    const progress = trackProgress(() => time);
    progress.report('a', 0, 10_000 * MIB);
    for (time = 1000; time <= 100_000; time += 1000) {
      progress.report('a', (time <= 50_000 ? time / 1000 : 50) * MIB, 10_000 * MIB);
      progress.line();
    }
    assert.equal(progress.line(), '0 %, 50.0 MiB of 9.8 GiB, 0 B/s, waiting');
  });
  test('stays from 0 to 1, whatever size a server says', () => {
    const fractionOf = (bytes: number, total: number) => {
      const progress = trackProgress();
      progress.report('a', bytes, total);
      return progress.fraction();
    };
    assert.equal(fractionOf(2000, 10), 1);
    assert.equal(fractionOf(2000, -10), 0);
  });
  test('has no percent and no time left where the size is not known', () => {
    let time = 0;
    const progress = trackProgress(() => time);
    progress.report('stdin', 0, undefined);
    time = 1000;
    progress.report('stdin', MIB, undefined);
    assert.equal(progress.line(), '1.0 MiB, 1.0 MiB/s');
  });
});

test('numbers of bytes are read and shown with their units', () => {
  assert.deepEqual(['0', '64k', '1.5g', '2M'].map(parseBytes), [0, 65_536, 1.5 * 1024 ** 3, 2 * MIB]);
  assert.deepEqual([0, 1023, 1024, 1.5 * MIB].map(showBytes), ['0 B', '1023 B', '1.0 KiB', '1.5 MiB']);
  for (const wrong of ['', 'x', '-1', '1x', '1e9', '9000000t']) {
    assert.throws(() => parseBytes(wrong), /is not a number of bytes such as/);
  }
});
