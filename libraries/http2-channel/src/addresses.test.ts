import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startServer } from '../test/bytes-server.ts';
import { described, openCall, openChannel, outcome } from '../test/calls.ts';
import { parseAddresses } from './address.ts';
import { http2Channel } from './index.ts';

describe('an address', () => {
  const forms: [string, string, string | undefined][] = [
    ['localhost:8082', 'localhost:8082', 'localhost'],
    ['example.org', 'example.org:443', 'example.org'],
    ['dns:example.org:1', 'example.org:1', 'example.org'],
    ['dns:///example.org:1', 'example.org:1', 'example.org'],
    ['my_service-1.ns:65535', 'my_service-1.ns:65535', 'my_service-1.ns'],
    ['127.0.0.1:8082', '127.0.0.1:8082', undefined],
    ['ipv4:10.0.0.1:8082', '10.0.0.1:8082', undefined],
    ['[::1]:8082', '[::1]:8082', undefined],
    ['::1', '[::1]:443', undefined],
    ['ipv6:[2001:db8::1]:8082', '[2001:db8::1]:8082', undefined],
    ['ipv6:::1', '[::1]:443', undefined],
    ['[fe80::1%eth0]:8082', '[fe80::1]:8082', undefined],
    ['unix:/tmp/a.sock', 'localhost', undefined],
    ['unix:///tmp/a.sock', 'localhost', undefined],
    ['unix:a.sock', 'localhost', undefined],
  ];
  for (const [text, authority, serverName] of forms) {
    test(`may be ${text}`, () => {
      const [address] = parseAddresses(text);
      assert.deepEqual([address.authority, address.serverName], [authority, serverName]);
    });
  }

  const wrong = [
    '', ':8082', 'host:', 'host:port', 'host:0', 'host:65536', 'host:8082x', 'http://host:8082', 'host/path:1',
    'a b:1', '[::1', '[host]:1', '[1.2.3.4]:1', '1:2:3', 'ipv4:host:1', 'ipv4:[::1]:1', 'ipv6:1.2.3.4:1',
    'dns://8.8.8.8/host:1', 'xds:///service', 'user@host:1', 'unix:', 'host:1\n',
  ]; // biome-ignore format: a list
  for (const text of wrong) {
    test(`may not be ${JSON.stringify(text)}, and the error names it`, () => {
      assert.throws(
        () => http2Channel(text),
        (error: Error) => error instanceof TypeError && error.message.includes(`"${text}"`),
      );
    });
  }

  for (const [form, prefix, bound] of [
    ['a name', 'localhost:', '127.0.0.1:0'],
    ['IPv4', 'ipv4:127.0.0.1:', '127.0.0.1:0'],
    ['IPv6', '[::1]:', '[::1]:0'],
    ['dns:', 'dns:localhost:', '127.0.0.1:0'],
  ] as const) {
    test(`written as ${form} can be called`, async (t) => {
      const { port } = await startServer(t, { address: bound });
      const call = openCall(openChannel(t, `${prefix}${port}`), 'Unary');
      assert.equal((await call.status).code, 0);
      assert.match(call.call.getPeer(), new RegExp(`^(127\\.0\\.0\\.1|\\[::1\\]):${port}$`));
    });
  }

  test('may be a list, and the first one that answers is used', async (t) => {
    const first = await startServer(t);
    const second = await startServer(t);
    const gone = await startServer(t);
    gone.server.forceShutdown();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    t.after(() => void process.off('warning', onWarning));
    const many = `${gone.address},`.repeat(12);
    const channel = openChannel(t, `ipv4:${many}${second.address},${first.address}`);
    const call = openCall(channel, 'Unary');
    assert.equal(described(await call.status), 'OK');
    assert.equal(call.call.getPeer(), second.address);
    assert.deepEqual(warnings, []);
  });
  test('written as unix: can be called', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'http2-channel-'));
    t.after(() => rm(folder, { recursive: true }));
    const address = `unix:${folder}/socket`;
    assert.equal(
      await outcome(openChannel(t, address), 'Unary'),
      `UNAVAILABLE: no connection to ${address}: there is no such socket`,
    );
    await startServer(t, { address });
    assert.equal(await outcome(openChannel(t, address), 'Unary'), 'OK');
  });

  test('whose name does not resolve makes calls UNAVAILABLE, with the reason', async (t) => {
    assert.match(
      await outcome(openChannel(t, 'no-such-host.invalid:1'), 'Unary'),
      /^UNAVAILABLE: no connection to no-such-host\.invalid:1: (the name does not resolve to an address|the name service does not answer)$/,
    );
  });
});

describe('an option', () => {
  const wrong: [string, object][] = [
    ['connectTimeout', { connectTimeout: 0 }],
    ['backoff.first', { backoff: { first: -1 } }],
    ['backoff.longest', { backoff: { longest: Number.NaN } }],
    ['keepalive.interval', { keepalive: { interval: 2 ** 31 } }],
    ['keepalive.timeout', { keepalive: { timeout: Number.POSITIVE_INFINITY } }],
    ['window', { window: 2 ** 31 }],
    ['window', { window: 1e8 / 3 }],
    ['maxReceiveMessageLength', { maxReceiveMessageLength: -1 }],
    ['maxSendMessageLength', { maxSendMessageLength: Number.NaN }],
    ['compression', { compression: 'br' }],
    ['tls', { tls: { cert: 'not a certificate' } }],
  ];
  for (const [name, options] of wrong) {
    test(`${name} that cannot be used is refused with its name`, () => {
      assert.throws(() => http2Channel('localhost:1', options), new RegExp(name.replace('.', '\\.')));
    });
  }
});
