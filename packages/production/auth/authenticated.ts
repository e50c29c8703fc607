import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';
import { atTime } from '../src/at-time.ts';
import { type Caller, checkToken, type TokenRules } from './check-token.ts';
import { expiredDuringCall } from './expired-during-call.ts';

/** The permission of a method that everybody may call, even without a token: for example a health check. */
export const anyone = Symbol('anyone');

/**
 * The permission for each method, by its path: a scope, or `anyone`. `/package.Service/*` stands for all methods of a service
 * that are not listed.
 */
export type Permissions = Readonly<Record<string, string | typeof anyone>>;

// The key is the metadata, because it stays the same object when middleware changes a context.
const callers = new WeakMap<object, Caller>();

/** The caller of this call; undefined if the method needs no token. */
export function callerOf({ metadata }: ServerContext): Caller | undefined {
  return callers.get(metadata);
}

/**
 * Server middleware that accepts a call only if its token is right and has the permission of the method.
 *
 * It removes the token from the metadata, so that handlers and other middleware cannot log it. A stream ends with UNAUTHENTICATED when its
 * token expires; a unary call may finish. A method without a permission is refused to everyone.
 *
 * @example
 * const auth = authenticated(rules, { '/stream.ServerStream/Pow': 'numbers:read' });
 * await serve([service], { middleware: [auth] });
 */
export function authenticated(rules: TokenRules, permissions: Permissions): Middleware<ServerContext> {
  return async function* (call, next) {
    const { method, context } = call;
    const header = takeToken(context);
    const permission = permissionOf(method.path, permissions);
    if (permission === anyone) {
      yield* next(call);
      return;
    }
    const caller = await checkToken(header, rules);
    if (permission === undefined || !caller.scopes.has(permission)) {
      throw new StatusError(status.PERMISSION_DENIED, denial(method.path, permission));
    }
    callers.set(context.metadata, caller);
    if (method.kind === 'unary') {
      yield* next(call);
      return;
    }
    const cancelTimer = atTime(caller.expiresAt, () => context.end(expiredDuringCall()));
    try {
      yield* next(call);
    } finally {
      cancelTimer();
    }
  };
}

function takeToken({ metadata }: ServerContext): string | undefined {
  const [header] = metadata.get('authorization');
  metadata.remove('authorization');
  return header?.toString();
}

function permissionOf(path: string, permissions: Permissions): string | typeof anyone | undefined {
  const wholeService = `${path.slice(0, path.lastIndexOf('/'))}/*`;
  return [path, wholeService]
    .filter((name) => Object.hasOwn(permissions, name))
    .map((name) => permissions[name])[0];
}

function denial(path: string, permission: string | undefined): string {
  return permission === undefined
    ? `nobody may call ${path}: no permission is defined for it`
    : `${path} needs the permission "${permission}", which the token does not have`;
}
