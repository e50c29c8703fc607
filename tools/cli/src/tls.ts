import { readFileSync } from 'node:fs';
import type { ConnectionOptions, TlsOptions } from 'node:tls';
import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Reads a PEM file that an option names. */
function readPem(path: string): Buffer {
  try {
    const pem = readFileSync(path);
    if (!pem.includes('-----BEGIN ')) throw new Error('it holds no PEM text');
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

/** The options of both sides; each says what its own certificate authority is for. */
export function withTlsOptions<Options>(command: Command<Options>, caIsFor: string) {
  return command
    .option('--tls-ca <file>', `authority that signs ${caIsFor}`, readPem)
    .option('--tls-cert <file>', 'certificate of this side', readPem)
    .option('--tls-key <file>', 'key of that certificate', readPem);
}

function checkPair({ tlsCert, tlsKey }: TlsFiles): void {
  if (Boolean(tlsCert) !== Boolean(tlsKey)) throw new UsageError('--tls-cert and --tls-key go together');
}

/**
 * What the options of a server ask for: TLS with a certificate and its key, mutual TLS with an authority too.
 *
 * @throws UsageError if they don't fit together
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
 * What the options of a client ask for: TLS with an authority, mutual TLS with a certificate and its key too.
 *
 * @throws UsageError if they don't fit together
 */
export function clientTls(options: TlsFiles): ConnectionOptions | undefined {
  const { tlsCa, tlsCert, tlsKey } = options;
  checkPair(options);
  if (tlsCa) return { ca: tlsCa, cert: tlsCert, key: tlsKey };
  if (tlsCert) throw new UsageError('--tls-cert needs --tls-ca');
  return undefined;
}
