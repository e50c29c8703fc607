import { generate, type SelfsignedOptions } from 'selfsigned';

const DAYS = 365;

function expiry(): Date {
  return new Date(Date.now() + DAYS * 24 * 3600 * 1000);
}

/**
 * A certificate authority, and its certificates for a server on this machine and for a client: PEM texts, by the name of
 * their file. For development only. The key of the authority is not kept, so no more certificates can be made.
 */
export async function developmentCertificates(): Promise<Record<string, string>> {
  const common: SelfsignedOptions = { algorithm: 'sha256', keyType: 'ec', notAfterDate: expiry() };
  const ca = await generate([{ name: 'commonName', value: 'Development authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const signed = (name: string, use: { serverAuth: true } | { clientAuth: true }) =>
    generate([{ name: 'commonName', value: name }], {
      ...common,
      ca: { key: ca.private, cert: ca.cert },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', ...use },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    });
  const [server, client] = await Promise.all([
    signed('server', { serverAuth: true }),
    signed('client', { clientAuth: true }),
  ]);
  return {
    ca: ca.cert,
    server: server.cert,
    'server-key': server.private,
    client: client.cert,
    'client-key': client.private,
  };
}
