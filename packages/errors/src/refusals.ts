// The errors with which the service refuses a name. Their details say what the client can do.
import { status } from '@grpc/grpc-js';
import type { StatusError } from 'grpc-iterables';
import { flawsOf } from './greeting.ts';
import { richStatus } from './rich-status.ts';

export const DOMAIN = 'greetering.example';
const RESERVED = 'root';
/** The shortest time between two greetings of one name, in milliseconds. */
const GREETING_INTERVAL = 300;

/** For a form: the error lists everything that is wrong, and not only the first thing. */
// #region bad-request
export function badName(name: string): StatusError | undefined {
  const flaws = flawsOf(name);
  if (flaws.length === 0) return undefined;
  return richStatus(status.INVALID_ARGUMENT, 'this name cannot be greeted', [
    { type: 'BadRequest', fieldViolations: flaws.map((description) => ({ field: 'name', description })) },
  ]);
}
// #endregion bad-request

/** For a program: a reason that stays the same when somebody changes the text of the message. */
export function reservedName(name: string): StatusError | undefined {
  if (name !== RESERVED) return undefined;
  return richStatus(status.PERMISSION_DENIED, `${name} is a reserved name`, [
    { type: 'ErrorInfo', reason: 'NAME_RESERVED', domain: DOMAIN, metadata: { name } },
    { type: 'Help', links: [{ description: 'Reserved names', url: `https://${DOMAIN}/names` }] },
  ]);
}

/** For a program that can wait: a limit, and when to call again. Each call of the returned function counts one greeting. */
export function greetingQuota(): (name: string) => StatusError | undefined {
  const greeted = new Map<string, number>();
  return (name) => {
    const last = greeted.get(name);
    if (last === undefined) {
      greeted.set(name, performance.now());
      setTimeout(() => greeted.delete(name), GREETING_INTERVAL).unref();
      return undefined;
    }
    const wait = Math.max(1, Math.ceil(last + GREETING_INTERVAL - performance.now()));
    return richStatus(status.RESOURCE_EXHAUSTED, `${name} was greeted just now`, [
      {
        type: 'QuotaFailure',
        violations: [{ subject: `name:${name}`, description: `one greeting in ${GREETING_INTERVAL} ms` }],
      },
      { type: 'RetryInfo', retryDelay: { seconds: 0, nanos: wait * 1e6 } },
    ]);
  };
}

/** Details that are too large for the trailers. The client gets only the status, and the server's log says why. */
export function tooMuchToSay(): StatusError {
  return richStatus(status.ABORTED, 'the details of this error are too large', [
    { type: 'DebugInfo', detail: 'once upon a time '.repeat(1000) },
  ]);
}
