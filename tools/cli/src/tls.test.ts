import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { developmentCertificates } from './certificates.ts';
import { startProgram, startServer } from './testing.ts';

const server = new URL('../../../packages/client-stream/src/server.ts', import.meta.url);
const client = new URL('../../../packages/client-stream/src/client.ts', import.meta.url);

describe('TLS', () => {
  let folder = '';
  const file = (name: string) => join(folder, `${name}.pem`);
  const ownTls = (name: string) => ['--tls-cert', file(name), '--tls-key', file(`${name}-key`)];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certs-'));
    const strangers = await developmentCertificates();
    const certificates = {
      ...(await developmentCertificates()),
      'stranger-ca': strangers.ca ?? '',
      stranger: strangers.client ?? '',
      'stranger-key': strangers['client-key'] ?? '',
    };
    for (const [name, pem] of Object.entries(certificates)) await writeFile(file(name), pem);
  });
  after(() => rm(folder, { recursive: true }));

  test('a client with the certificate of the authority is accepted', async (t) => {
    const { address, line } = await startServer(t, server, ...ownTls('server'));
    const run = startProgram(t, client, '--address', address, '--tls-ca', file('ca'));
    assert.equal(await run.exit, 0, run.errors.join());
    assert.deepEqual(run.output, ['sum: 45']);
    await line(/^sum of 10 numbers: 45$/);
  });
  test('with mutual TLS a client with a certificate is accepted', async (t) => {
    const { address } = await startServer(t, server, ...ownTls('server'), '--tls-ca', file('ca'));
    const run = startProgram(t, client, '--address', address, '--tls-ca', file('ca'), ...ownTls('client'));
    assert.equal(await run.exit, 0, run.errors.join());
  });

  // Each ends with one line on both sides.
  const refusals: [string, string[], string[], RegExp][] = [
    ['an authority that the client does not know', [], ['stranger-ca'], /certificate/],
    ['a client without a certificate', ['ca'], ['ca'], /certificate required/],
    [
      'a client with a certificate of a strange authority',
      ['ca'],
      ['ca', 'stranger'],
      /unknown ca|certificate/i,
    ],
  ];
  for (const [what, [serverCa], [clientCa = '', own], reason] of refusals) {
    test(`${what} is refused, with one clear line on both sides`, async (t) => {
      const mutual = serverCa ? ['--tls-ca', file(serverCa)] : [];
      const started = await startServer(t, server, ...ownTls('server'), ...mutual);
      const options = ['--tls-ca', file(clientCa), ...(own ? ownTls(own) : [])];
      const run = startProgram(t, client, '--address', started.address, ...options);
      assert.equal(await run.exit, 1);
      assert.equal(run.errors.length, 1, run.errors.join('\n'));
      assert.match(run.errors[0] ?? '', /^UNAVAILABLE: no connection to 127\.0\.0\.1:\d+: /);
      assert.match(run.errors[0] ?? '', reason);
      assert.match(started.errors[0] ?? '', /^refused a connection, TLS failed: /);
    });
  }
  test('a missing file, or a certificate without its key, is wrong usage', async (t) => {
    const missing = startProgram(t, client, '--tls-ca', file('nowhere'));
    const half = startProgram(t, server, '--tls-cert', file('server'));
    assert.equal(await missing.exit, 2);
    assert.match(missing.errors.join(), /cannot use .*nowhere\.pem: ENOENT/);
    assert.equal(await half.exit, 2);
    assert.deepEqual(half.errors, ['--tls-cert and --tls-key need each other']);
  });
});
