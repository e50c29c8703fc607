import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNames } from './names.ts';

test('the first member with a name is shown by it, and others with their code', () => {
  const called = newNames();
  assert.equal(called({ name: 'Ann', code: 'a' }), 'Ann');
  assert.equal(called({ name: 'Ann', code: 'b' }), 'Ann (b)');
  assert.equal(called({ name: 'Ann', code: 'a' }), 'Ann');
});

for (const [first, second] of [
  ['Jos\u00e9', 'Jose\u0301'],
  ['Ann', '\uff21nn'],
] as const) {
  test(`a name that is only written in another way counts as the same name: ${first}, ${second}`, () => {
    const called = newNames();
    assert.equal(called({ name: first, code: 'a' }), first);
    assert.equal(called({ name: second, code: 'b' }), `${second} (b)`);
  });
}

test('a name is never given to another member, however many there are', () => {
  const called = newNames();
  called({ name: 'Ann', code: 'a' });
  for (let number = 0; number < 5000; number++) called({ name: `N${number}`, code: 'e' });
  assert.equal(called({ name: 'Ann', code: 'e' }), 'Ann (e)');
  assert.equal(called({ name: 'Ann', code: 'a' }), 'Ann');
  assert.equal(called({ name: 'Late', code: 'l' }), 'Late (l)');
});

for (const [name, shown] of [
  ['Ann', 'Ann'],
  ["Jean-Luc O'Neill 2.", "Jean-Luc O'Neill 2."],
  ['Анна', 'Анна'],
  ['李', '李'],
  ['* lost', '"* lost"'],
  ['Ann: hi Bob', '"Ann: hi Bob"'],
  ['Ann (k3f9x2wq)', '"Ann (k3f9x2wq)"'],
  ['"Ann"', '"\\"Ann\\""'],
  ['Ann ', '"Ann "'],
  ['An\u200bn', '"An\ufffdn"'],
  ['\u3164', '"\ufffd"'],
  ['😀', '"😀"'],
] as const) {
  test(`a name that looks like something else is in quotes: ${JSON.stringify(name)}`, () => {
    assert.equal(newNames()({ name, code: 'c' }), shown);
  });
}
