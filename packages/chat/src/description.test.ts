import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { newDescription } from './description.ts';
import type { Happening } from './session.ts';

const linesOf = (...happenings: Happening[]) => happenings.flatMap(newDescription());
const joined = (code: string, isNewRoom = false): Happening => ({ type: 'joined', code, isNewRoom });
const lost = (details: string): Happening => ({
  type: 'lost',
  reason: new StatusError(status.UNAVAILABLE, details),
  retryIn: 100,
});
const said = (name: string, text: string): Happening => ({
  type: 'said',
  position: 1,
  code: 'c',
  name,
  text,
});
const called = (name: string) => ({ code: `c${name}`, name });

describe('the terminal', () => {
  test('shows an outage as one line, and that it is over', () => {
    assert.deepEqual(
      linesOf(joined('a'), lost('gone'), lost('gone'), lost('away'), joined('b'), lost('again')),
      ['* joined as a', '* lost: gone; trying again', '* back as b', '* lost: again; trying again'],
    );
  });
  test('says which messages may be lost or come twice when the room is a new one', () => {
    const [, , back, warning] = linesOf(joined('a'), lost('gone'), joined('b', true));
    assert.equal(back, '* back as b');
    assert.match(warning ?? '', /^\* this is a new room: .* may be missing, .* may come twice$/);
  });
  test('shows who arrives and who leaves, at most five by name', () => {
    const many = Array.from({ length: 12 }, (_, index) => called(`N${index}`));
    assert.deepEqual(
      linesOf(
        { type: 'changed', arrived: [called('Ann'), called('Bob')], left: [] },
        { type: 'changed', arrived: many, left: [called('Ann')] },
      ),
      ['* arrived: Ann, Bob', '* arrived: N0, N1, N2, N3, N4 and 7 more', '* left: Ann'],
    );
  });
  test('never shows a message of a member as a notice, or as a message of another member', () => {
    assert.deepEqual(
      linesOf(said('* lost', 'x'), said('Ann: hi', 'x'), said('Eve', 'hi\u2028Ann: x\r\n* lost')),
      ['"* lost": x', '"Ann: hi": x', 'Eve: hi Ann: x * lost'],
    );
  });
  test('shortens a long reason from the server, and escapes a harmful one', () => {
    const [line = ''] = linesOf(lost(`\u001b[2J\u202e${'x'.repeat(500)}`));
    assert.match(line, /^\* lost: \ufffd\[2J\ufffdx{1,100}…; trying again$/);
  });
});
