import type { ServerOptions } from '@grpc/grpc-js';

// grpc-js adds up to a tenth, and timers take no more than 2 ** 31 - 1: above it, each connection would end at once
// (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST = Math.floor((2 ** 31 - 1) / 1.1);

/**
 * Options that end each connection at this age: after GOAWAY the client makes new calls on a new connection, and open calls
 * continue. The age varies by a tenth, so that not all clients come back at once.
 *
 * Without it, clients that stay connected never find a server that was added.
 *
 * @param age milliseconds; at most 22.5 days
 * @param grace how long open calls may then still take, in milliseconds, at most 22.5 days; default: without a limit
 * @throws RangeError for a time that is out of range
 *
 * @example
 * await serve(services, { channelOptions: connectionAge(30 * 60_000) });
 */
export function connectionAge(age: number, grace?: number): ServerOptions {
  for (const [name, value] of Object.entries({ age, grace: grace ?? 0 })) {
    if (value >= 0 && value <= LONGEST) continue;
    throw new RangeError(`${name} is ${value}; it has to be from 0 to ${LONGEST} milliseconds`);
  }
  return {
    'grpc.max_connection_age_ms': age,
    ...(grace === undefined ? {} : { 'grpc.max_connection_age_grace_ms': grace }),
  };
}
