// Every ending of a call once more, through auth and limits.
import { everywhere } from '../../../libraries/grpc-iterables/test/echo-server.ts';
import { authenticated } from '../auth/authenticated.ts';
import { callsAtOnce } from '../limits/calls-at-once.ts';
import { longestCall } from '../limits/longest-call.ts';
import { messagesASecond } from '../limits/messages-a-second.ts';
import { issue, tokenRules } from './issuer.ts';

const { token } = await issue('Ann', 'echo', 3600);
everywhere.push(
  // The clients are of other tests, and have no tokens.
  (call, next) => {
    call.context.metadata.set('authorization', `Bearer ${token}`);
    return next(call);
  },
  authenticated(tokenRules, { '/test.Echo/*': 'echo' }),
  callsAtOnce(100_000),
  messagesASecond(1e9),
  longestCall(3_600_000),
);
await import('../../../libraries/grpc-iterables/src/endings.test.ts');
