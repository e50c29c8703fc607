import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import { before, describe, test } from 'node:test';
import tls from 'node:tls';
import { ServerCredentials } from '@grpc/grpc-js';
import { developmentCertificates } from 'cli/certificates';
import { startServer } from '../test/bytes-server.ts';
import { openCall, openChannel, outcome } from '../test/calls.ts';

let pem: Record<string, string>;
let strangers: Record<string, string>;
before(async () => {
  pem = await developmentCertificates();
  strangers = await developmentCertificates();
});

function serverCredentials({ clientCertificates = false } = {}) {
  const { ca = '', server = '', 'server-key': key = '' } = pem;
  return ServerCredentials.createSsl(
    clientCertificates ? Buffer.from(ca) : null,
    [{ private_key: Buffer.from(key), cert_chain: Buffer.from(server) }],
    clientCertificates,
  );
}

describe('TLS', () => {
  test('carries calls to an address and to a name', async (t) => {
    const { address, port } = await startServer(t, { credentials: serverCredentials() });
    for (const target of [address, `localhost:${port}`]) {
      const call = openCall(openChannel(t, target, { tls: { ca: pem.ca } }), 'Unary');
      assert.equal((await call.status).code, 0);
      assert.equal(call.call.getAuthContext()?.sslPeerCertificate?.subject.CN, 'server');
    }
  });

  test('shows the certificate of this side to a server that asks for it', async (t) => {
    const credentials = serverCredentials({ clientCertificates: true });
    const { address } = await startServer(t, { credentials });
    const options = { ca: pem.ca, cert: pem.client, key: pem['client-key'] };
    assert.equal(await outcome(openChannel(t, address, { tls: options }), 'Unary'), 'OK');
  });

  const failures: [string, () => tls.ConnectionOptions, boolean, RegExp][] = [
    ['a strange authority', () => ({ ca: strangers.ca }), false, /TLS failed: .*certificate/],
    ['no authority', () => ({}), false, /TLS failed: .*certificate/],
    [
      'another name',
      () => ({ ca: pem.ca, servername: 'example.org' }),
      false,
      /TLS failed: .*example\.org.*altnames/,
    ],
    [
      'a check that throws',
      () => ({
        ca: pem.ca,
        checkServerIdentity() {
          throw new Error('not this one');
        },
      }),
      false,
      /: not this one$/,
    ],
    ['no client certificate', () => ({ ca: pem.ca }), true, /TLS failed: .*certificate/],
    [
      'a strange client certificate',
      () => ({ ca: pem.ca, cert: strangers.client, key: strangers['client-key'] }),
      true,
      /TLS failed: /,
    ],
  ];
  for (const [what, options, clientCertificates, reason] of failures) {
    test(`with ${what} makes calls UNAVAILABLE, with the reason`, async (t) => {
      const { address } = await startServer(t, { credentials: serverCredentials({ clientCertificates }) });
      const ending = await outcome(openChannel(t, address, { tls: options() }), 'Unary');
      assert.ok(ending.startsWith(`UNAVAILABLE: no connection to ${address}: `), ending);
      assert.match(ending, reason);
    });
  }

  test('to a server without it makes calls UNAVAILABLE, with the reason', async (t) => {
    const { address } = await startServer(t);
    assert.equal(
      await outcome(openChannel(t, address, { tls: { ca: pem.ca } }), 'Unary'),
      `UNAVAILABLE: no connection to ${address}: TLS failed: the server does not speak TLS`,
    );
  });

  test('with a certificate that the server wants and the channel lacks makes calls UNAVAILABLE', async (t) => {
    const { address } = await startServer(t, { credentials: serverCredentials() });
    assert.match(await outcome(openChannel(t, address), 'Unary'), /^UNAVAILABLE: no connection to .*: \w+/);
  });

  for (const [what, ALPNProtocols] of [
    ['no ALPN', undefined],
    ['HTTP/1 only', ['http/1.1']],
  ] as const) {
    test(`of a server with ${what} makes calls UNAVAILABLE, with the reason`, async (t) => {
      const server = tls.createServer(
        {
          cert: pem.server,
          key: pem['server-key'],
          ...(ALPNProtocols ? { ALPNProtocols: [...ALPNProtocols] } : {}),
        },
        (socket) => socket.on('error', () => {}),
      );
      server.on('tlsClientError', () => {});
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      const { port } = server.address() as { port: number };
      assert.match(
        await outcome(openChannel(t, `127.0.0.1:${port}`, { tls: { ca: pem.ca } }), 'Unary'),
        /^UNAVAILABLE: no connection to .*: (the server does not speak HTTP\/2|TLS failed: .*no application protocol)/,
      );
    });
  }

  test('with a server that floods with ORIGIN frames ends its connection', { timeout: 20_000 }, async (t) => {
    const server = createSecureServer({ cert: pem.server, key: pem['server-key'] });
    server.on('session', (session) => {
      session.on('error', () => {});
      session.on('stream', (stream) => {
        stream.on('error', () => {});
        for (let sent = 0; sent < 1100; sent += 100)
          session.origin(...Array.from({ length: 100 }, (_, index) => `https://h${sent + index}.test`));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const { port } = server.address() as { port: number };
    assert.match(
      await outcome(openChannel(t, `127.0.0.1:${port}`, { tls: { ca: pem.ca } }), 'Unary'),
      // Newer versions of Node have a limit of their own.
      /^UNAVAILABLE: .* lost: .*(too many ORIGIN frames|more ORIGIN frames than the allowed number of \d+)$/,
    );
  });
});
