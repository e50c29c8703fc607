import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newAudience } from './audience.ts';

test('a client from a server that has read more hears nothing twice when this server catches up', () => {
  const audience = newAudience({ messages: 100, bytes: 1e6, history: 0, whenFull: 'end' });
  const say = (position: number) =>
    audience.hear({ position, sender: 'ann', code: 'a', name: 'Ann', text: String(position) });
  say(1);
  const listener = audience.listen({ sender: 'bob', after: 3, wake: () => {}, end: assert.fail });
  for (const position of [2, 3, 4]) say(position);
  const heard = listener.read();
  assert.ok(heard && 'text' in heard);
  assert.equal(heard.text, '4');
  assert.equal(listener.read(), undefined);
});

test('a gap in the order is reported to all listeners, once and before the messages after it', () => {
  const audience = newAudience({ messages: 100, bytes: 1e6, history: 0, whenFull: 'end' });
  const listener = audience.listen({ sender: 'bob', after: undefined, wake: () => {}, end: assert.fail });
  audience.hear({ position: 3000, dropped: 3000 });
  audience.hear({ position: 3001, dropped: 0 });
  audience.hear({ position: 3002, sender: 'ann', code: 'a', name: 'Ann', text: 'hi' });
  assert.deepEqual(listener.read(), { dropped: 3000 });
  const heard = listener.read();
  assert.ok(heard && 'text' in heard);
  assert.equal(listener.read(), undefined);
  assert.equal(listener.position(), 3002);
});
