// The answers of a server, and the status of the call for each of them.
import assert from 'node:assert/strict';
import { constants } from 'node:http2';
import { describe, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { startServer } from '../test/bytes-server.ts';
import { described, openCall, openChannel, outcome } from '../test/calls.ts';
import { END_STREAM, framed, type RawConnection, startRawServer } from '../test/raw-server.ts';
import { nameOf } from './error-names.ts';

type TestContext = Parameters<typeof startRawServer>[0];

/** A channel to a server that answers every call with `answer`. */
async function answered(t: TestContext, answer: (connection: RawConnection, stream: number) => void) {
  const { address } = await startRawServer(t, { onRequest: answer });
  return openChannel(t, address);
}

describe('a status', () => {
  test('in trailers arrives with its text and its metadata', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.respond(stream, { first: 'header' });
      connection.message(stream, Buffer.from('one'));
      connection.trailers(stream, { 'grpc-status': '5', 'grpc-message': 'no such thing', last: 'trailer' });
    });
    const call = openCall(channel, 'Any');
    const { code, details, metadata } = await call.status;
    assert.deepEqual([code, details, metadata.getMap()], [5, 'no such thing', { last: 'trailer' }]);
    assert.deepEqual((await call.headers).getMap(), { first: 'header' });
    assert.deepEqual(call.messages.map(String), ['one']);
  });

  test('without any headers before it arrives as well', async (t) => {
    const channel = await answered(t, (connection, stream) =>
      connection.headers(
        stream,
        {
          ':status': '200',
          'content-type': 'application/grpc',
          'grpc-status': '7',
          'grpc-message': 'no',
          more: 'said',
        },
        END_STREAM,
      ),
    );
    const { code, details, metadata } = await openCall(channel, 'Any').status;
    assert.deepEqual([code, details, metadata.getMap()], [7, 'no', { more: 'said' }]);
  });

  const texts: [string, string, string][] = [
    ['percent-encoded text', 'caf%C3%A9 %E2%98%95 100%25', 'café ☕ 100%'],
    ['lower case digits', '%e2%98%95', '☕'],
    ['a percent sign that encodes nothing', '100% sure %zz %4', '100% sure %zz %4'],
    ['bytes that are not UTF-8', 'a%FFb', 'a\ufffdb'],
    ['UTF-8 that is not encoded', Buffer.from('naïve').toString('latin1'), 'naïve'],
  ];
  for (const [what, sent, expected] of texts) {
    test(`with ${what} is decoded as far as possible`, async (t) => {
      const channel = await answered(t, (connection, stream) => {
        connection.respond(stream);
        connection.trailers(stream, { 'grpc-status': '3', 'grpc-message': sent });
      });
      assert.equal(await outcome(channel, 'Any'), `INVALID_ARGUMENT: ${expected}`);
    });
  }

  for (const text of ['soon', '-1', '17', '1e0', '0x5', '', '999999999999999999999']) {
    test(`that says "${text}" is UNKNOWN`, async (t) => {
      const channel = await answered(t, (connection, stream) => {
        connection.respond(stream);
        connection.trailers(stream, { 'grpc-status': text, 'grpc-message': 'text' });
      });
      assert.equal(await outcome(channel, 'Any'), `UNKNOWN: the server sent the status "${text}": text`);
    });
  }

  test('that is missing from the trailers is UNKNOWN, with the trailers', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.respond(stream);
      connection.message(stream, Buffer.from('one'));
      connection.trailers(stream, { other: 'trailer' });
    });
    const { code, details, metadata } = await openCall(channel, 'Any').status;
    assert.equal(
      described({ code, details, metadata }),
      'UNKNOWN: the server sent trailers without a status',
    );
    assert.deepEqual(metadata.getMap(), { other: 'trailer' });
  });

  test('is INTERNAL if the stream ends without trailers', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.respond(stream);
      connection.send(0, END_STREAM, stream, framed(Buffer.from('one')));
    });
    const call = openCall(channel, 'Any');
    assert.equal(described(await call.status), 'INTERNAL: the server ended the stream without a status');
    assert.deepEqual(call.messages.map(String), ['one']);
  });

  test('is INTERNAL if the stream ends in the middle of a message', async (t) => {
    for (const half of [framed(Buffer.from('whole')).subarray(0, 7), Buffer.from([0, 0])]) {
      const channel = await answered(t, (connection, stream) => {
        connection.respond(stream);
        connection.send(0, 0, stream, half);
        connection.trailers(stream);
      });
      assert.equal(
        await outcome(channel, 'Any'),
        'INTERNAL: the server ended the stream in the middle of a message',
      );
    }
  });
});

describe('an HTTP answer that is not gRPC', () => {
  const pages: [string, string | undefined, status][] = [
    ['400', 'text/html', status.INTERNAL],
    ['401', 'text/html', status.UNAUTHENTICATED],
    ['403', 'text/html', status.PERMISSION_DENIED],
    ['404', 'text/html', status.UNIMPLEMENTED],
    ['418', 'text/html', status.UNKNOWN],
    ['429', 'text/html', status.UNAVAILABLE],
    ['431', 'text/html', status.INTERNAL],
    ['500', 'text/html', status.UNKNOWN],
    ['502', 'text/html', status.UNAVAILABLE],
    ['503', undefined, status.UNAVAILABLE],
    ['504', 'text/html', status.UNAVAILABLE],
    ['200', 'text/html', status.UNKNOWN],
    ['200', 'application/grpc-web', status.UNKNOWN],
    ['200', undefined, status.UNKNOWN],
  ];
  for (const [httpStatus, type, code] of pages) {
    test(`with status ${httpStatus} and ${type ?? 'no type'} is ${status[code]}`, async (t) => {
      const channel = await answered(t, (connection, stream) => {
        connection.headers(stream, { ':status': httpStatus, ...(type ? { 'content-type': type } : {}) });
        connection.send(0, END_STREAM, stream, Buffer.from('<h1>not for you</h1>'));
      });
      const { code: actual, details } = await openCall(channel, 'Any').status;
      assert.equal(status[actual], status[code]);
      assert.equal(
        details,
        `the server answered with HTTP status ${httpStatus} and ${type ? `content type "${type}"` : 'no content type'}, not with gRPC`,
      );
    });
  }

  test('has the gRPC status that comes with it, if there is one', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.headers(stream, { ':status': '503', 'grpc-status': '8', 'grpc-message': 'too many' });
      connection.send(0, END_STREAM, stream, Buffer.from('<h1>later</h1>'));
    });
    assert.equal(await outcome(channel, 'Any'), 'RESOURCE_EXHAUSTED: too many');
  });

  test('is never OK, also if it says so', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.headers(stream, { ':status': '503', 'content-type': 'text/html', 'grpc-status': '0' });
      connection.send(0, END_STREAM, stream, Buffer.from('<h1>later</h1>'));
    });
    assert.match(await outcome(channel, 'Any'), /^UNAVAILABLE: the server answered with HTTP status 503/);
  });

  for (const type of ['application/grpc', 'application/grpc+proto', 'application/grpc;charset=utf-8']) {
    test(`is gRPC with the type ${type}`, async (t) => {
      const channel = await answered(t, (connection, stream) => {
        connection.headers(stream, { ':status': '200', 'content-type': type });
        connection.trailers(stream);
      });
      assert.equal(await outcome(channel, 'Any'), 'OK');
    });
  }

  test('is gRPC even if informational headers come first', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.headers(stream, { ':status': '103', link: 'x' });
      connection.respond(stream);
      connection.trailers(stream);
    });
    assert.equal(await outcome(channel, 'Any'), 'OK');
  });
});

describe('a reset', () => {
  const codes: Record<string, status> = {
    NO_ERROR: status.INTERNAL,
    REFUSED_STREAM: status.UNAVAILABLE,
    CANCEL: status.CANCELLED,
    ENHANCE_YOUR_CALM: status.RESOURCE_EXHAUSTED,
    INADEQUATE_SECURITY: status.PERMISSION_DENIED,
  };
  for (let code = 0; code <= 0xf; code++) {
    const short = nameOf(code);
    const expected = codes[short] ?? status.INTERNAL;
    test(`with ${short} is ${status[expected]}`, async (t) => {
      for (const begun of [false, true]) {
        const channel = await answered(t, (connection, stream) => {
          if (begun) connection.respond(stream);
          connection.reset(stream, code);
        });
        const { code: actual, details } = await openCall(channel, 'Any').status;
        assert.equal(status[actual], status[expected]);
        if (code > 0) assert.match(details, new RegExp(`\\(RST_STREAM ${short}\\)$`));
      }
    });
  }

  test('after the trailers changes nothing', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      connection.respond(stream);
      connection.message(stream, Buffer.from('one'));
      connection.trailers(stream);
      connection.reset(stream, constants.NGHTTP2_CANCEL);
    });
    const call = openCall(channel, 'Any');
    assert.equal(described(await call.status), 'OK');
    assert.equal(call.messages.length, 1);
  });

  test('with CANCEL after the deadline is DEADLINE_EXCEEDED', async (t) => {
    const channel = await answered(t, (connection, stream) => {
      setTimeout(() => connection.reset(stream, constants.NGHTTP2_CANCEL), 60);
    });
    assert.match(await outcome(channel, 'Any', { deadline: Date.now() + 50 }), /^DEADLINE_EXCEEDED/);
  });
});

describe('metadata', () => {
  test('is sent in both directions, also binary values', async (t) => {
    const bytes = Buffer.from([0, 255, 10, 13, 44]);
    const { address } = await startServer(t, {
      handlers: {
        unary(call, callback) {
          const back = new Metadata();
          back.set('was', String(call.metadata.get('text')[0]));
          for (const value of call.metadata.get('some-bin')) back.add('some-bin', value);
          call.sendMetadata(back);
          callback(null, call.request, back);
        },
      },
    });
    const metadata = new Metadata();
    metadata.set('text', 'hello');
    metadata.add('some-bin', bytes);
    metadata.add('some-bin', Buffer.from('two'));
    const call = openCall(openChannel(t, address), 'Unary', { metadata });
    for (const got of [await call.headers, (await call.status).metadata]) {
      assert.deepEqual(got.get('was'), ['hello']);
      assert.deepEqual(got.get('some-bin'), [bytes, Buffer.from('two')]);
    }
  });

  test('of the caller is not changed', async (t) => {
    const { address } = await startServer(t);
    const metadata = new Metadata();
    metadata.set('text', 'hello');
    assert.equal(await outcome(openChannel(t, address), 'Unary', { metadata }), 'OK');
    assert.deepEqual(metadata.getMap(), { text: 'hello' });
  });

  test('that HTTP/2 does not allow fails the call', async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address);
    assert.match(
      await outcome(channel, 'Unary', { metadata: { connection: 'close' } }),
      /^INTERNAL: the call cannot be sent: .*connection/i,
    );
    assert.equal(await outcome(channel, 'Unary'), 'OK');
  });

  test('that is too large fails the call, and no other', { timeout: 20_000 }, async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address);
    for (const size of [100_000, 1_000_000]) {
      assert.match(
        await outcome(channel, 'Unary', { metadata: { large: 'x'.repeat(size) } }),
        /^(INTERNAL|RESOURCE_EXHAUSTED): /,
        `${size} bytes`,
      );
      assert.equal(await outcome(channel, 'Unary'), 'OK');
    }
  });
});
