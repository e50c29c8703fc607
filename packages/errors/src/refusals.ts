// Every refusal of the service, with what a client can do about it.
import { status } from '@grpc/grpc-js';
import type { StatusError } from 'grpc-iterables';
import { flawsOf } from './greeting.ts';
import { richStatus } from './rich-status.ts';

export const DOMAIN = 'greetering.example';
const RESERVED = 'root';
/** The shortest time between two greetings of one name, in milliseconds. */
const GREETING_INTERVAL = 300;

/** For the user to mend: says every flaw at once, not the first only. */
// #region bad-request
export function badName(name: string): StatusError | undefined {
  const flaws = flawsOf(name);
  if (flaws.length === 0) return undefined;
  return richStatus(status.INVALID_ARGUMENT, 'this name cannot be greeted', [
    { type: 'BadRequest', fieldViolations: flaws.map((description) => ({ field: 'name', description })) },
  ]);
}
// #endregion bad-request

/** For the program to switch on: a reason that stays the same whatever the message says. */
export function reservedName(name: string): StatusError | undefined {
  if (name !== RESERVED) return undefined;
  return richStatus(status.PERMISSION_DENIED, `${name} is not greeted`, [
    { type: 'ErrorInfo', reason: 'NAME_RESERVED', domain: DOMAIN, metadata: { name } },
    { type: 'Help', links: [{ description: 'Reserved names', url: `https://${DOMAIN}/names` }] },
  ]);
}

/** For the program to wait: a limit, and when to come back. Each call of the result counts one greeting. */
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

/** More than a header may hold: the client gets the status, the server's log the reason why nothing else. */
export function tooMuchToSay(): StatusError {
  return richStatus(status.ABORTED, 'the story is too long', [
    { type: 'DebugInfo', detail: 'once upon a time '.repeat(1000) },
  ]);
}
