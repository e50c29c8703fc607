import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose';

/** Which tokens a service accepts. All four are needed, because a token for another service must not be accepted here. */
export interface TokenRules {
  /** The issuer's key, or a function that finds it, such as `createRemoteJWKSet(url)` of jose. */
  readonly key: Parameters<typeof jwtVerify>[1] | JWTVerifyGetKey;
  /** The algorithms that the issuer signs with, such as `['ES256']`. */
  readonly algorithms: string[];
  readonly issuer: string;
  readonly audience: string;
}

/** The caller, from a token that was checked. */
export interface Caller {
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The longest accepted token, in characters. To check a signature, the server reads all of it. */
const LONGEST_TOKEN = 8192;
// RFC 6750. Two tokens with a comma between them are refused.
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

const EXPIRED = 'the token has expired';
/** The client's mistake, by the code of jose's error. Other errors are not the client's fault. */
const FAULTS: Record<string, string> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'the token is signed with an algorithm that is not accepted',
  ERR_JOSE_NOT_SUPPORTED: 'the token uses a feature that is not supported',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'the token does not say which of several keys it is signed with',
  ERR_JWKS_NO_MATCHING_KEY: 'the token is signed with an unknown key',
  ERR_JWS_INVALID: 'the token is not a signed JWT',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'the signature of the token is wrong',
  ERR_JWT_EXPIRED: EXPIRED,
  ERR_JWT_INVALID: 'the token is not a signed JWT',
};

/**
 * Checks the value of an `authorization` header.
 *
 * Nothing that this throws contains the token or a part of it.
 *
 * @throws StatusError UNAUTHENTICATED, which says what is wrong with the token
 */
export async function checkToken(header: string | undefined, rules: TokenRules): Promise<Caller> {
  if (header === undefined) throw unauthenticated('a token is needed: "authorization: Bearer TOKEN"');
  if (header.length > LONGEST_TOKEN) {
    throw unauthenticated(`the token has ${header.length} characters; at most ${LONGEST_TOKEN} are accepted`);
  }
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw unauthenticated('the authorization is not one token: "Bearer TOKEN"');
  return callerOf(await verified(token, rules));
}

async function verified(token: string, { key, ...rules }: TokenRules): Promise<JWTPayload> {
  const options: JWTVerifyOptions = { ...rules, requiredClaims: ['exp', 'sub'] };
  try {
    // One function with two overloads. jose finds out which one applies.
    const { payload } = await jwtVerify(token, key as JWTVerifyGetKey, options);
    return payload;
  } catch (error) {
    throw refusal(error);
  }
}

/** The caller of a token with a right signature. jose checks neither what `sub` is, nor the parts of a second in `exp`. */
function callerOf({ sub, exp = 0, scope }: JWTPayload): Caller {
  if (typeof sub !== 'string' || sub === '') throw unauthenticated(badClaim('sub'));
  if (exp * 1000 <= Date.now()) throw unauthenticated(EXPIRED);
  const scopes = typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
  return { subject: sub, scopes: new Set(scopes), expiresAt: exp * 1000 };
}

/** jose's error in words for the client. Anything else, such as keys that cannot be fetched, stays what it is. */
function refusal(error: unknown): unknown {
  if (!(error instanceof errors.JOSEError)) return error;
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf') return unauthenticated('the token is not valid yet');
    return unauthenticated(badClaim(error.claim));
  }
  const fault = FAULTS[error.code];
  return fault === undefined ? error : unauthenticated(fault);
}

const badClaim = (claim: string) => `the claim "${claim}" of the token is missing or wrong`;

function unauthenticated(details: string): StatusError {
  return new StatusError(status.UNAUTHENTICATED, details);
}
