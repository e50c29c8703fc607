import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { anyone, type Permissions } from '../auth/authenticated.ts';
import type { TokenRules } from '../auth/check-token.ts';
import type { IssuedToken } from '../auth/token-credentials.ts';

// In the demo both sides know one secret. In a real service the issuer is a separate server, and your server needs only its public
// keys: use `createRemoteJWKSet(url)` of jose as the key, and for example ES256 as the algorithm.
const SECRET = createSecretKey('for the demo, which runs on one machine', 'utf8');
const ISSUER = 'https://issuer.example';
const AUDIENCE = 'numbers';

export const tokenRules: TokenRules = {
  key: SECRET,
  algorithms: ['HS256'],
  issuer: ISSUER,
  audience: AUDIENCE,
};

export const permissions: Permissions = {
  '/stream.ServerStream/Pow': 'powers',
  '/stream.BidirectionalStreamServer/Sqrt': 'roots',
  '/grpc.health.v1.Health/*': anyone,
  '/grpc.reflection.v1.ServerReflection/*': anyone,
  '/grpc.reflection.v1alpha.ServerReflection/*': anyone,
};

/** What an issuer does when it is asked for a token. `expiresIn` is in seconds. */
export async function issue(subject: string, scope: string, expiresIn: number): Promise<IssuedToken> {
  const token = await new SignJWT({ scope, exp: Date.now() / 1000 + expiresIn })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .sign(SECRET);
  return { token, expiresIn };
}
