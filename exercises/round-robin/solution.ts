// First leave out, then take turns. If you take turns first and skip a server, the server after it gets two shares.
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

export interface Server {
  readonly address: string;
  health: 'SERVING' | 'NOT_SERVING';
}

/** Returns a function that chooses the server of the next call. The list may change between two calls. */
export function balanced<S extends Server>(servers: S[]): () => S {
  let turn = 0;
  return () => {
    const serving = servers.filter(({ health }) => health === 'SERVING');
    const server = serving[turn++ % serving.length];
    if (server) return server;
    const addresses = servers.map(({ address }) => address).join(', ');
    throw new StatusError(status.UNAVAILABLE, `no server is SERVING: ${addresses}`);
  };
}
