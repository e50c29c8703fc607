// balance: Spread calls evenly over the servers that are SERVING.
//
// This function takes the servers in turn, also those that can't be called. Change it:
// 1. A server that is not SERVING gets no call. Its status can change between two calls.
// 2. The others get the same number of calls, also while one of them is NOT_SERVING.
// 3. If no server is SERVING, throw a StatusError with UNAVAILABLE, and name the servers in its text.
//
// You need: import { status } from '@grpc/grpc-js', and { StatusError } from 'grpc-iterables'.
export interface Server {
  readonly address: string;
  health: 'SERVING' | 'NOT_SERVING';
}

/** Returns a function that chooses the server of the next call. The list may change between two calls. */
export function balanced<S extends Server>(servers: S[]): () => S {
  let turn = 0;
  return () => {
    const server = servers[turn++ % servers.length];
    if (!server) throw new Error('there is no server');
    return server;
  };
}
