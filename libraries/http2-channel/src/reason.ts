// Why there is no connection, as text for people.

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the server reset the connection',
  EPIPE: 'the server closed the connection',
  ENOTFOUND: 'the name does not resolve to an address',
  EAI_AGAIN: 'the name service does not answer',
  ENOENT: 'there is no such socket',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'no answer',
};

type NodeError = Error & { code?: string; reason?: string; errors?: NodeError[] };

export function notHttp2(): Error {
  return Object.assign(new Error('the server does not speak HTTP/2'), { code: 'NOT_HTTP2' });
}

export function closedEarly(): Error {
  return Object.assign(new Error('the server closed the connection before HTTP/2 began'), {
    code: 'CLOSED_EARLY',
  });
}

/** Turns an error of a socket or an HTTP/2 session into a text for people. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', reason, message, errors } = error as NodeError;
  // A name with several addresses has one error for each of them.
  if (errors?.[0]) return reasonOf(errors[0]);
  // OpenSSL's message is a line of numbers. Its reason is a text.
  if (code.startsWith('ERR_SSL_WRONG_VERSION')) return 'TLS failed: the server does not speak TLS';
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) return `TLS failed: ${reason ?? message}`;
  if (/CERT|SIGNATURE|ISSUER/.test(code)) return `TLS failed: ${message}`;
  if (code === 'ERR_HTTP2_ERROR') return 'the server does not speak HTTP/2';
  return WORDS[code] ?? message;
}

/** The same for a connection with TLS. If the server closes it, the reason may be the client's certificate. */
export function reasonOfTls(error: unknown): string {
  const { code = '' } = error as NodeError;
  if (code !== 'CLOSED_EARLY' && code !== 'ECONNRESET') return reasonOf(error);
  return 'TLS failed: the server closed the connection, perhaps because of the certificate of this side';
}
