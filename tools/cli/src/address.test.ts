import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from './address.ts';
import { UsageError } from './usage-error.ts';

test('an address has a host and a port, and what is not one is a UsageError', () => {
  for (const address of ['127.0.0.1:8080', 'localhost:1', 'a-b.example:65535', '[::1]:8080']) {
    assert.equal(parseAddress(address), address);
  }
  for (const wrong of [
    '',
    ':',
    'localhost',
    'a b:1',
    'localhost:0',
    'localhost:65536',
    '::1:80',
    '[::1]:x',
    'a/b:1',
  ]) {
    assert.throws(() => parseAddress(wrong), UsageError, wrong);
  }
});
