import { readFileSync } from 'node:fs';
import type { ConnectionOptions, TlsOptions } from 'node:tls';
import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Reads a PEM file that an option names. */
export function readPem(path: string): Buffer {
  try {
    const pem = readFileSync(path);
    if (!pem.includes('-----BEGIN ')) throw new Error('the file has no PEM text');
    return pem;
  } catch (error) {
    throw new UsageError(`cannot use ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** The PEM files of one side. */
export interface TlsFiles {
  readonly tlsCa: Buffer | undefined;
  readonly tlsCert: Buffer | undefined;
  readonly tlsKey: Buffer | undefined;
}

/** The TLS options of a server or a client. The certificate authority means something else for each of them. */
export function withTlsOptions<Options>(command: Command<Options>, caIsFor: string) {
  return command
    .option('--tls-ca <file>', `authority that signs ${caIsFor}`, readPem)
    .option('--tls-cert <file>', 'certificate of this side', readPem)
    .option('--tls-key <file>', 'key of that certificate', readPem);
}

function checkPair({ tlsCert, tlsKey }: TlsFiles): void {
  if (Boolean(tlsCert) !== Boolean(tlsKey)) throw new UsageError('--tls-cert and --tls-key need each other');
}

/**
 * The TLS of a server: with a certificate and its key. With an authority as well it is mutual TLS.
 *
 * @throws UsageError if an option is missing
 */
export function serverTls(options: TlsFiles): TlsOptions | undefined {
  const { tlsCa, tlsCert, tlsKey } = options;
  checkPair(options);
  if (!tlsCert) {
    if (tlsCa) throw new UsageError('--tls-ca needs --tls-cert and --tls-key');
    return undefined;
  }
  return { cert: tlsCert, key: tlsKey, ...(tlsCa ? { ca: tlsCa, requestCert: true } : {}) };
}

/**
 * The TLS of a client: with an authority. With a certificate and its key as well it is mutual TLS.
 *
 * @throws UsageError if an option is missing
 */
export function clientTls(options: TlsFiles): ConnectionOptions | undefined {
  const { tlsCa, tlsCert, tlsKey } = options;
  checkPair(options);
  if (tlsCa) return { ca: tlsCa, cert: tlsCert, key: tlsKey };
  if (tlsCert) throw new UsageError('--tls-cert needs --tls-ca');
  return undefined;
}
