import type { ServerOptions } from '@grpc/grpc-js';

/**
 * Options that end each connection at this age: after GOAWAY the client makes new calls on a new connection, and open calls
 * continue. The age varies by a tenth, so that not all clients come back at once.
 *
 * Without it, clients that stay connected never find a server that was added.
 *
 * @param age milliseconds
 * @param grace how long open calls may then still take, in milliseconds; default: without a limit
 *
 * @example
 * await serve(services, { channelOptions: connectionAge(30 * 60_000) });
 */
export function connectionAge(age: number, grace?: number): ServerOptions {
  return {
    'grpc.max_connection_age_ms': age,
    ...(grace === undefined ? {} : { 'grpc.max_connection_age_grace_ms': grace }),
  };
}
