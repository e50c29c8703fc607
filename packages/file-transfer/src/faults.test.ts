import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProgram } from 'cli/testing';

describe('killed, cut and silenced', () => {
  test('every file that exists is whole, every put that said done is there, what one fault costs has a limit', async (t) => {
    const program = new URL('../test/faults.ts', import.meta.url);
    const faults = startProgram(t, program, '--kills', '4', '--size', '16');
    assert.equal(await faults.exit, 0, [...faults.output, ...faults.errors].join('\n'));
    assert.equal(faults.output.at(-1), '0 violations');
  });
});
