import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { originCheck } from './origins.ts';

describe('the own page of a server', () => {
  for (const [host, origin, localAddress, localPort] of [
    ['127.0.0.1', 'http://127.0.0.1', '127.0.0.1', 80],
    ['127.0.0.1', 'https://localhost', '127.0.0.1', 443],
    ['0.0.0.0', 'http://127.0.0.1:8080', '127.0.0.1', 8080],
    ['0.0.0.0', 'http://localhost:8080', '127.0.0.1', 8080],
    ['0.0.0.0', 'http://192.0.2.7:8080', '192.0.2.7', 8080],
    ['::', 'http://192.0.2.7:8080', '::ffff:192.0.2.7', 8080],
    ['::', 'http://[::1]:8080', '::1', 8080],
    ['::', 'http://[2001:db8::7]:8080', '2001:db8::7', 8080],
    ['server.example', 'http://server.example:8080', '192.0.2.7', 8080],
  ] as const) {
    test(`with --host ${host}, opened as ${origin}, may connect`, () => {
      assert.equal(originCheck(host, [])(origin, { localAddress, localPort }), true);
    });
  }
});

describe('a foreign page', () => {
  for (const [what, origin] of [
    ['of another port', 'http://192.0.2.7:8081'],
    ['of the port that http has by itself', 'http://192.0.2.7'],
    ["of the visitor's own machine", 'http://localhost:8080'],
    ['of another address of the server', 'http://127.0.0.1:8080'],
    ['of a name that was made to point here', 'http://evil.example:8080'],
  ] as const) {
    test(`${what} may not connect`, () => {
      const connection = { localAddress: '192.0.2.7', localPort: 8080 };
      assert.equal(originCheck('0.0.0.0', [])(origin, connection), false);
    });
  }
});
