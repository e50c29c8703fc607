// Auth: calls without a token, with the wrong permission, and a stream that outlives its token. Start it with `pnpm production:auth`.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import { issue, tokenRules } from '../src/issuer.ts';
import { authenticated, callerOf, type Permissions } from './authenticated.ts';
import { goOn } from './go-on.ts';
import { tokenCredentials } from './token-credentials.ts';

// #region server
const permissions: Permissions = { '/stream.BidirectionalStreamServer/Sqrt': 'roots' };

const service = defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
  async *Sqrt(requests, context) {
    console.log(`server: a call of ${callerOf(context)?.subject}`);
    for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
  },
});
const server = await serve([service], { middleware: [authenticated(tokenRules, permissions)] });
// #endregion server

/** A client whose tokens are for `subject`, have the permissions `scope`, and live for so many seconds. */
function clientOf(subject: string, scope: string, lifetime: number) {
  const callCredentials = tokenCredentials(() => issue(subject, scope, lifetime));
  return connect(BidirectionalStreamServer, server.address, { callCredentials });
}

async function printRefusal(who: string, responses: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of responses);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    console.log(`${who}: ${status[error.code]}: ${error.details}`);
  }
}

await using stranger = connect(BidirectionalStreamServer, server.address);
await printRefusal('no token', stranger.sqrt([{ number: 4 }]));
await using bob = clientOf('Bob', 'powers', 60);
await printRefusal('Bob', bob.sqrt([{ number: 4 }]));

// #region stream
await using ann = clientOf('Ann', 'roots', 2);

/** The squares after this root. After 9 the first call pauses until its token has expired. */
async function* squaresAfter(root: number) {
  for (let next = root + 1; next <= 5; next++) {
    if (next === 4 && root === 0) await delay(2500);
    yield { number: next ** 2 };
  }
}
const stream = goOn<{ sqrt: number }>((last) => {
  if (last) console.log(`Ann: the token has expired; the next call begins after ${last.sqrt}`);
  return ann.sqrt(squaresAfter(last?.sqrt ?? 0));
});
for await (const { sqrt } of stream) console.log(`Ann: ${sqrt}`);
// #endregion stream
await server.shutdown();
