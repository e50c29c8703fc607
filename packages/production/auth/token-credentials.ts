import { credentials, Metadata } from '@grpc/grpc-js';

/** What an issuer answers (RFC 6749): `expiresIn` is in seconds, and no clock has to be right for it. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresIn: number;
}

/** A token is not used any more so many milliseconds before it expires; a short one is used for half of its life. */
const MARGIN = 30_000;

/**
 * Call credentials that put a token into each call, and get a new one before the old one expires.
 *
 * Calls at the same time share one request to the issuer. If that fails, so do these calls, and the next call asks again.
 * http2-channel refuses call credentials where others could read them: in plaintext to another machine.
 *
 * @example
 * const client = connect(ServerStream, address, { tls, callCredentials: tokenCredentials(askIssuer) });
 */
export function tokenCredentials(askIssuer: () => Promise<IssuedToken>) {
  let current: Promise<string> | undefined;
  let goodUntil = 0;

  async function issue(): Promise<string> {
    const { token, expiresIn } = checked(await askIssuer());
    const life = expiresIn * 1000;
    goodUntil = Date.now() + life - Math.min(MARGIN, life / 2);
    return token;
  }
  function token(): Promise<string> {
    if (current && Date.now() < goodUntil) return current;
    goodUntil = Number.POSITIVE_INFINITY;
    current = issue();
    current.catch(() => {
      goodUntil = 0;
    });
    return current;
  }

  return credentials.createFromMetadataGenerator((_, callback) => {
    token().then(
      (text) => callback(null, bearer(text)),
      (error: Error) => callback(error),
    );
  });
}

function bearer(token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

/** Checks the token here, because the error of grpc-js for a bad header contains the header. */
function checked({ token, expiresIn }: IssuedToken): IssuedToken {
  if (typeof token !== 'string' || !/^[A-Za-z0-9._~+/-]+=*$/.test(token))
    throw new TypeError('the issuer sent something that is not a token');
  if (!(expiresIn > 0))
    throw new RangeError(`the issuer sent a token that is valid for ${expiresIn} seconds`);
  return { token, expiresIn };
}
